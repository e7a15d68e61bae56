"""Who may do what with what is written to the helpline."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "helpline.channels.read"
WORK = "helpline.channels.work"
# What a messaging provider may: bring what was written, say what became of an answer.
BRING = "helpline.channels.bring"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
