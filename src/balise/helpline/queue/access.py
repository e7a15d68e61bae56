"""Who may do what with the queue."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "helpline.queue.read"
WORK = "helpline.queue.work"
SUPERVISE = "helpline.queue.supervise"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
