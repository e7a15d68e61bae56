"""Who may do what with figures."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "steering.figures.read"
EXPORT = "steering.figures.export"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
