"""Who may do what at the removal desk."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "helpline.removals.read"
WORK = "helpline.removals.work"
# The last rungs: an internal complaint, the Digital Services Coordinator.
COMPLAIN = "helpline.removals.complain"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
