"""What removals wait for, for the home of a listener."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due, Part
from balise.helpline.removals.queries.desk import Pile, pile


def of_desk(actor: Actor) -> Iterable[Due]:
    """Return the requests that wait for a person: those past their time, and the others."""
    rows, _counts = pile(Pile.TO_DO, seen_by=actor)
    for part, found in (
        (Part.LATE, [row for row in rows if row.is_late]),
        (Part.WAITS, [row for row in rows if not row.is_late]),
    ):
        since = min((row.asked_at for row in found), default=None)
        yield Due(says=_("Removals to work on"), part=part, count=len(found), since=since)
