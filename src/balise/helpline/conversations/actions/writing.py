"""Write one event in a conversation's log, inside an action's transaction."""

from datetime import datetime

from balise.foundation.actors import Actor, ActorKind
from balise.helpline.conversations import bell
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.rules import Kind, Side

_SIDES = {ActorKind.PUBLIC: Side.YOUNG, ActorKind.STAFF: Side.STAFF}


def side_of(*, by: Actor) -> Side:
    """Return the side that an actor speaks for."""
    return _SIDES.get(by.kind, Side.HOUSE)


def write(
    *,
    conversation: Conversation,
    kind: Kind,
    moment: datetime,
    about: int | None = None,
    code: str = "",
    by: Actor,
) -> None:
    """Write the next event of a locked conversation that has no words, and ring the bell.

    `code` is the profession that comes where a listener left.
    """
    side = side_of(by=by)
    seq = conversation.last_seq + 1
    said = Said(
        conversation=conversation,
        seq=seq,
        kind=kind,
        side=side,
        author=by.key if side is Side.STAFF else "",
        at=moment,
        code=conversation.state if kind is Kind.STATE else code,
        about=about,
    )
    said.save(force_insert=True)
    conversation.last_seq = seq
    conversation.save(update_fields=("last_seq",))
    bell.ring(conversation.id)
