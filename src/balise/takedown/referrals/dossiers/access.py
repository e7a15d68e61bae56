"""Who may do what with dossiers. A dossier is its line's: another line's people never see it."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind

READ = "takedown.dossiers.read"
DRAFT = "takedown.dossiers.draft"
APPROVE = "takedown.dossiers.approve"
HAND_OVER = "takedown.dossiers.hand-over"
RECORD = "takedown.dossiers.record"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability, or who does not work for the line."""
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in lines_of(actor)
    if not actor.may(ability) or not is_of_the_line:
        raise PermissionDenied(ability)


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)
