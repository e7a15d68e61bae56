"""Who may have a content watched, and see what the watch saw."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours

READ = "takedown.watch.read"
WATCH = "takedown.watch.watch"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability; NotYours for one of another line."""
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in lines_of(actor)
    if not actor.may(ability):
        raise PermissionDenied(ability)
    if not is_of_the_line:
        raise NotYours(ability)


def require_worker(actor: Actor) -> None:
    """Refuse whoever is no process of the house: looking is its work, for all lines together."""
    if actor.kind is not ActorKind.SYSTEM:
        raise PermissionDenied(WATCH)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)


def readable_lines(actor: Actor) -> list[str]:
    """Return the lines whose contents an actor may see; refuse one who may see none."""
    if not actor.may(READ):
        raise PermissionDenied(READ)
    return sorted(lines_of(actor))
