"""What waits between partners and analysts, for the home of each."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due, Part
from balise.hotline.desk.queries import drafts, own


def of_questions(actor: Actor) -> Iterable[Due]:
    """Return the questions of partners, for analysts."""
    found = own.waiting(seen_by=actor)
    asked = [one.asked_at for one in found if one.asked_at is not None]
    yield Due(says=_("Partners’ questions"), count=len(found), since=min(asked) if asked else None)


def of_own(actor: Actor) -> Iterable[Due]:
    """Return what a partner is asked, and the imports that it has not sent."""
    yield Due(
        says=_("Questions for you"),
        part=Part.MINE,
        count=own.asking_count(seen_by=actor),
        url=f"{reverse('staff:desk:home')}?asks=on",
    )
    begun = [one for one in drafts.batches(seen_by=actor) if one.to_send]
    yield Due(
        says=_("Imports to send"),
        part=Part.MINE,
        count=len(begun),
        url=reverse("staff:desk:batch", args=[begun[0].id]) if len(begun) == 1 else "",
    )
