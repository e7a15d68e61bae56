"""The staff door: the letter of a complaint that was taken."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.foundation.web.doors import Request, staff
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import asking
from balise.helpline.removals.documents.letter import Letter, drawn
from balise.helpline.removals.rules.customs import COMPLAINTS
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.letters import number_of


@staff.get
def letter(request: Request, item_id: UUID, rung: str) -> HttpResponse:
    """Return the letter of a rung that was taken, as PDF; reading the item is written down."""
    is_complaint = rung in COMPLAINTS
    access.require(request.actor, access.COMPLAIN if is_complaint else access.WORK)
    request_id = there(queries.request_of(item_id))
    opened = asking.read(request_id=request_id, by=request.actor)
    one = next(each for each in opened.items if each.id == item_id)
    if all(step.rung != rung for step in one.letters):
        raise Http404
    octets = drawn(
        Letter(
            rung=Rung(rung),
            language=(get_language() or "fr")[:2],
            made_at=now(),
            platform=opened.platform.name if opened.platform else "",
            number=number_of(one.notice) if one.notice else "",
            sent_at=one.sent_at,
            decided_at=one.decided_at,
            decision=str(one.decision.label) if one.decision else "",
            address=one.told.url,
            account=one.told.handle,
            offence=queries.offence_words(one.offence, one.days),
            words=one.told.words,
        )
    )
    name = f"complaint-{rung}-{item_id.hex[:8]}.pdf"
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
