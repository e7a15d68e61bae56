"""Who may do what with conversations. The young person is known by a token, not by an ability."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

TALK = "helpline.conversations.talk"
READ_ALONG = "helpline.conversations.read-along"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
