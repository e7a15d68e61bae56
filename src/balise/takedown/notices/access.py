"""Who may do what with notices. A notice is its line's: another line's people never see it."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours

READ = "takedown.notices.read"
SEND = "takedown.notices.send"
RECORD = "takedown.notices.record"
JUDGE = "takedown.notices.judge"
SET_CUSTOMS = "takedown.notices.set-customs"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability; NotYours for one of another line."""
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in lines_of(actor)
    if not actor.may(ability):
        raise PermissionDenied(ability)
    if not is_of_the_line:
        raise NotYours(ability)


def require_ability(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability, for what belongs to no line."""
    if not actor.may(ability):
        raise PermissionDenied(ability)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)


def lines_read_by(actor: Actor) -> list[str]:
    """Return the lines whose notices an actor may read."""
    return sorted(lines_of(actor)) if actor.may(READ) else []
