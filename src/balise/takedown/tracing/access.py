"""Who may see where a content is and was hosted, and who writes it down."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours

READ = "takedown.tracing.read"
NOTE = "takedown.tracing.note"


def require(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability; NotYours for one of another line."""
    works_for = {held.partition(".")[0] for held in actor.abilities}
    is_of_the_line = actor.kind is ActorKind.SYSTEM or line in works_for
    if not actor.may(ability):
        raise PermissionDenied(ability)
    if not is_of_the_line:
        raise NotYours(ability)
