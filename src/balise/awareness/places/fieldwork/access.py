"""Who may see what is done in the field, and change it; and the link of who asked for it."""

from typing import Final

from balise.foundation import access
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.signed import SignedId

READ = "awareness.fieldwork.read"
CHANGE = "awareness.fieldwork.change"

require = access.require
_opinion: Final = SignedId("balise.awareness.fieldwork.opinion")
token_of, read_token = _opinion.token, _opinion.read  # the link that says how it was


def may_ask(by: Actor) -> bool:
    """Return whether someone may ask for an intervention: the public, or who plans them."""
    return by.kind is ActorKind.PUBLIC or by.may(CHANGE)
