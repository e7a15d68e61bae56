"""Who may read the yearly report, and compare what platforms said with what we asked."""

from django.core.exceptions import PermissionDenied

from balise.foundation import access
from balise.foundation.actors import Actor, ActorKind
from balise.takedown.notices.access import lines_of

REPORT = "takedown.statements.report"
READ = "takedown.statements.read"
COMPARE = "takedown.statements.compare"

require = access.require


def require_line(actor: Actor, line: str) -> None:
    """Refuse an actor who does not work for the line that a notice was sent for."""
    if actor.kind is not ActorKind.SYSTEM and line not in lines_of(actor):
        raise PermissionDenied(line)
