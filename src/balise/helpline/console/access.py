"""Who may sit at the console, and who looks after those who do."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

WORK = "helpline.console.work"
SUPERVISE = "helpline.console.supervise"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
