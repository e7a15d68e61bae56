"""Who may do what with the directory of hosts."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "takedown.directory.read"
PROPOSE = "takedown.directory.propose"
APPROVE = "takedown.directory.approve"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
