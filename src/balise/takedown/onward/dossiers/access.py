"""Who may do what with dossiers. A dossier is its line's: another line's people never see it."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours

READ = "takedown.dossiers.read"
DRAFT = "takedown.dossiers.draft"
APPROVE = "takedown.dossiers.approve"
HAND_OVER = "takedown.dossiers.hand-over"
RECORD = "takedown.dossiers.record"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability; NotYours for one of another line."""
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in lines_of(actor)
    if not actor.may(ability):
        raise PermissionDenied(ability)
    if not is_of_the_line:
        raise NotYours(ability)


def require_ability(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability, before anything is looked up."""
    if not actor.may(ability):
        raise PermissionDenied(ability)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)
