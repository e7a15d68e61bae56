"""Changes of access that wait for a second person."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts import access, queries
from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due


def of_people(actor: Actor) -> Iterable[Due]:
    """Return the changes of access to confirm; one's own wait for someone else."""
    if not actor.may(access.CONFIRM):
        return
    waiting = queries.waiting_proposals(seen_by=actor)
    found = [one.asked_at for one in waiting if one.asked_by != actor.key]
    yield Due(
        says=_("Changes of access to confirm"),
        count=len(found),
        since=min(found, default=None),
    )
