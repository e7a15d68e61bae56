"""Who may do what with what goes to other hotlines and comes from them."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours

READ = "takedown.exchange.read"
SEND = "takedown.exchange.send"
PROPOSE = "takedown.exchange.propose"
APPROVE = "takedown.exchange.approve"
# Held by a hotline whose signature was checked at the door, and by nobody else.
BRING = "takedown.exchange.bring"


def require(actor: Actor, ability: str, *, line: str = "") -> None:
    """Refuse an actor who lacks the ability or, where a line is named, does not work for it."""
    is_of_the_line = not line or actor.kind is ActorKind.SYSTEM or line in lines_of(actor)
    if not actor.may(ability):
        raise PermissionDenied(ability)
    if not is_of_the_line:
        raise NotYours(ability)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)
