"""Who may do what here, and the links of schools."""

from typing import Final

from balise.foundation import access
from balise.foundation.actors import Actor
from balise.foundation.signed import SignedId

READ = "awareness.surveys.read"
WRITE = "awareness.surveys.write"
OPEN = "awareness.surveys.open"  # publish a wording, open, close
INVITE = "awareness.surveys.invite"  # schools and structures
TEXTS = "awareness.surveys.texts"  # read and redact what people wrote
PUBLISH_RESULTS = "awareness.surveys.publish-results"
RESULTS = "steering.surveys.read-results"  # a director is of another line

require = access.require


def require_results(actor: Actor) -> None:
    """Refuse an actor who reads results neither for awareness nor for steering."""
    if not actor.may(RESULTS):
        require(actor, READ)


_links: Final = SignedId("balise.awareness.surveys.invitation")
link_token, read_link = _links.token, _links.read  # of a school or structure
