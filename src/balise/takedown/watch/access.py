"""Who may have a content watched, and see what the watch saw."""

from django.core.exceptions import PermissionDenied

from balise.foundation import access
from balise.foundation.actors import Actor, ActorKind

READ = "takedown.watch.read"
WATCH = "takedown.watch.watch"

require = access.require_for
lines_of = access.lines_of


def require_worker(actor: Actor) -> None:
    """Refuse whoever is no process of the house: looking is its work, for all lines together."""
    if actor.kind is not ActorKind.SYSTEM:
        raise PermissionDenied(WATCH)


def readable_lines(actor: Actor) -> list[str]:
    """Return the lines whose contents an actor may see; refuse one who may see none."""
    access.require(actor, READ)
    return sorted(lines_of(actor))
