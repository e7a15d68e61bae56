"""Write one event in a conversation's log, inside an action's transaction."""

from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.encryption.sealing import RecordKey
from balise.helpline.conversations import bell
from balise.helpline.conversations.models import SAID, Conversation, Said
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
    key: RecordKey | None = None,
    content: dict[str, str] | None = None,
    client_id: UUID | None = None,
    about: int | None = None,
    by: Actor,
) -> int:
    """Write the next event of a locked conversation, ring the bell, and return its `seq`.

    `content` is sealed under `key`; an event that says nothing has neither.
    """
    side = side_of(by=by)
    seq = conversation.last_seq + 1
    said = Said(
        conversation=conversation,
        seq=seq,
        kind=kind,
        side=side,
        author=by.key if side is Side.STAFF else "",
        client_id=client_id,
        at=moment,
        code=conversation.state if kind is Kind.STATE else "",
        about=about,
    )
    if key is not None and content is not None:
        said.sealed = key.seal(content, where=f"{SAID}.{seq}", row=conversation.id)
    said.save(force_insert=True)
    conversation.last_seq = seq
    conversation.save(update_fields=("last_seq",))
    bell.ring(conversation.id)
    return seq
