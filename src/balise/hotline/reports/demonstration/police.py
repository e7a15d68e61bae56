"""What the demonstration centre told the police: one dossier at each place of its life."""

from datetime import timedelta
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.timestamps import dating
from balise.hotline.reports.actions.police import prepare_dossier
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.listing import Filters
from balise.hotline.reports.queries.timeline import police
from balise.hotline.reports.rules.words import ContentState
from balise.takedown.onward.dossiers.actions import drafting, ending, handing, holding, packing
from balise.takedown.onward.dossiers.rules.states import Answer, Channel

_WORDS = "La page montre ce que la loi interdit ; elle est décrite ici et n'est pas reproduite."
_HELD_FOR = timedelta(days=20)


def tell_police(*, analyst: Actor, lead: Actor) -> int:
    """Prepare, approve and hand over a few dossiers; return how many were prepared."""
    rows = (
        row
        for state in (ContentState.REMOVED, ContentState.REMOVING)
        for row in listing.queue(filters=Filters(state=state), after=None, seen_by=analyst).rows
    )
    asked = [row.id for row in rows if _is_asked(row.id, analyst)]
    # The oldest went furthest; the last one is left as a draft.
    for place, content_id in enumerate(asked[:5]):
        days = 12 - 2 * place
        with clock.at(clock.ago(timedelta(days=days))):
            dossier_id = prepare_dossier(
                content_id=content_id, rationale=_WORDS, urgent=place == 0, by=analyst
            )
            if place == 4:  # noqa: PLR2004 - the draft
                continue
            drafting.approve(dossier_id=dossier_id, by=lead)
            packing.pack(dossier_id=dossier_id, dating=dating(), by=SYSTEM)
            if place == 3:  # noqa: PLR2004 - packed, not handed over
                continue
            handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=analyst)
        if place < 2:  # noqa: PLR2004 - the third one waits for its number
            _hear(dossier_id, content_id, ends=place == 0, by=analyst)
    ending.note_overdue(by=SYSTEM)
    return len(asked[:5])


def _is_asked(content_id: UUID, analyst: Actor) -> bool:
    found = police(content_id=content_id, seen_by=analyst)
    return found is not None and found.is_asked


def _hear(dossier_id: UUID, content_id: UUID, *, ends: bool, by: Actor) -> None:
    number = f"P-{dossier_id.hex[:6].upper()}"
    ending.acknowledge(dossier_id=dossier_id, authority_number=number, by=by)
    if ends:
        ending.record_answer(
            dossier_id=dossier_id, answer=Answer.INVESTIGATION, words="Enquête ouverte.", by=by
        )
    else:
        until = clock.today() + _HELD_FOR
        holding.ask_hold(line="hotline", subject=content_id, until=until, by=by)
