"""Who may do what with conversations. The young person is known by a token, not by an ability."""

from balise.foundation import access
from balise.foundation.actors import Actor

TALK = "helpline.conversations.talk"
READ_ALONG = "helpline.conversations.read-along"

require = access.require


def require_staff(by: Actor) -> None:
    """Refuse who is neither a listener nor a supervisor who reads along."""
    if not by.may(READ_ALONG):
        require(by, TALK)
