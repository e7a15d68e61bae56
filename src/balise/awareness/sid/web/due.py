"""Safer Internet Day, for the home of who prepares it: the day, and words to read."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.awareness.sid import access, queries
from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due


def of_editions(actor: Actor) -> Iterable[Due]:
    """Return the day of each edition to come, and the messages of the wall to read."""
    rows = queries.editions(seen_by=actor)
    for row in rows:
        yield Due(says=_("Safer Internet Day"), on=row.edition.day)
    if not actor.may(access.MODERATE):
        return
    waiting = [row for row in rows if row.waiting]
    wall = reverse("staff:sid:wall", args=[waiting[0].edition.id]) if len(waiting) == 1 else ""
    yield Due(
        says=_("Messages of the wall to read"), count=sum(row.waiting for row in waiting), url=wall
    )
