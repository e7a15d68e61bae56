"""Who may read the yearly report, and compare what platforms said with what we asked."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

REPORT = "takedown.statements.report"
READ = "takedown.statements.read"
COMPARE = "takedown.statements.compare"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
