"""Who may do what with notices. A notice is its line's: another line's people never see it."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind

READ = "takedown.notices.read"
SEND = "takedown.notices.send"
RECORD = "takedown.notices.record"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability, or who does not work for the line."""
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in lines_of(actor)
    if not actor.may(ability) or not is_of_the_line:
        raise PermissionDenied(ability)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)
