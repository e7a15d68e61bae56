"""The next meeting and the decisions that are open, for the home of steering."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.web.navigation import Due, Part
from balise.steering.committee import queries


def of_committee(actor: Actor) -> Iterable[Due]:
    """Return the next meeting, the decisions past their day, and the other open ones."""
    on = today()
    days = sorted((one.day, one.id) for one in queries.meetings(seen_by=actor) if one.day >= on)
    if days:
        day, meeting = days[0]
        url = reverse("staff:committee:meeting", args=[meeting])
        yield Due(says=_("Next committee meeting"), on=day, url=url)
    found = queries.open_decisions(seen_by=actor)
    late = [one.due for one in found if one.is_late(on) and one.due is not None]
    yield Due(
        says=_("Decisions past their day"),
        part=Part.LATE,
        count=len(late),
        since=min(late) if late else None,
    )
    yield Due(says=_("Decisions under way"), count=len(found) - len(late))
