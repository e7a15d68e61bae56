"""Who may watch over the house."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ_JOURNAL = "oversight.journal.read"
READ_RETENTION = "oversight.retention.read"
MANAGE_TASKS = "oversight.tasks.manage"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
