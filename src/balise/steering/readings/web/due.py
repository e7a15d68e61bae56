"""Readings that are missing, for the home of who enters them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due
from balise.steering.readings import access
from balise.steering.readings.queries import desk


def of_readings(actor: Actor) -> Iterable[Due]:
    """Return how many series were read too long ago, and since when the first was."""
    if not actor.may(access.WRITE):
        return
    gaps = [last.gap for each in desk.listed(seen_by=actor) for last in each.last if last.gap]
    yield Due(says=_("Readings to enter"), count=len(gaps), since=min(gaps) if gaps else None)
