"""Asking whether someone may; each module's `access` names its abilities and what else it asks."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability, before anything is looked up."""
    if not actor.may(ability):
        raise PermissionDenied(ability)


def require_for(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability; NotYours for what is another line's."""
    require(actor, ability)
    if actor.kind is not ActorKind.SYSTEM and line not in lines_of(actor):
        raise NotYours(ability)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)
