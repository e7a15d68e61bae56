"""Who may have a content watched, and see what the watch saw."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind

READ = "takedown.watch.read"
WATCH = "takedown.watch.watch"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability, or who does not work for the line."""
    works_for = {held.partition(".")[0] for held in actor.abilities}
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in works_for
    if not actor.may(ability) or not is_of_the_line:
        raise PermissionDenied(ability)
