"""Who may see how often things are used, and open short links."""

from balise.awareness.usage.models import ShortLink
from balise.foundation import access
from balise.foundation.actors import Actor

READ = "awareness.usage.read"
LINK = "awareness.usage.link"
CLOSE = "awareness.usage.close"  # a colleague's link

require = access.require


def may_close(link: ShortLink, *, by: Actor) -> bool:
    """Return whether someone may close a link: its owner, or who answers for all of them."""
    return by.may(CLOSE) or (by.may(LINK) and link.owner == by.key)
