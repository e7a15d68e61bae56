"""Whom a listener has met before: the conversation that the same person had, or perhaps had."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotHere
from balise.helpline.conversations import queries
from balise.helpline.conversations.models import LINE, Conversation, Said
from balise.helpline.conversations.queries import COLUMNS, EventRow, read
from balise.helpline.conversations.rules import (
    ChatEventKind,
    ConversationState,
    Earlier,
    Side,
    TokenUnknown,
)
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules.danger_words import MOST_TOGETHER, TOGETHER_FOR


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier conversation, and by which sign it is of the same person."""

    id: UUID
    ended_at: datetime
    how: Earlier
    in_danger: bool

    @property
    def is_sure(self) -> bool:
        return self.how.is_sure


def ended_of(token: Receipt | None) -> UUID | None:
    """Return the conversation that a code opens, if it has ended and still has its words."""
    if token is None:
        return None
    try:
        conversation_id = queries.by_token(token)
    except TokenUnknown:
        return None
    return conversation_id if queries.is_over(conversation_id) else None


def before(conversation_id: UUID) -> Before | None:
    """Return the conversation before one; None where there was none, or it was erased."""
    one = Conversation.objects.filter(id=conversation_id).first()
    if one is None or one.earlier is None:
        return None
    found = Conversation.objects.filter(
        id=one.earlier, erased_at=None, state=ConversationState.ENDED
    ).first()
    if found is None or found.ended_at is None:
        return None
    is_on = dangers.on_about(found.id) is not None
    return Before(found.id, found.ended_at, Earlier(one.earlier_by), is_on)


def joined_before(conversation_id: UUID, *, seen_by: Actor) -> tuple[Conversation, RecordKey]:
    """Return the conversation before one, and its key, to the listener who is in the later one.

    Refuses (NotYours, NotInConversation) anyone else, and raises NotHere where nobody knows that it
    is the same person.
    """
    queries.joined(conversation_id, seen_by=seen_by)
    found = before(conversation_id)
    if found is None or not found.is_sure:
        raise NotHere
    return Conversation.objects.get(id=found.id), key_of_line(LINE, found.id)


# What a young person said right before, and what was asked: read with their next message.


_LOOKED_AT = 6  # messages


def lately(conversation_id: UUID, *, key: RecordKey) -> tuple[list[str], str]:
    """Return what the young person said in the last two minutes, and what was asked right then.

    At most two messages, the oldest first; the question is empty where the last word was theirs.
    """
    found = Said.objects.filter(
        conversation=conversation_id, kind=ChatEventKind.MESSAGE, at__gt=now() - TOGETHER_FOR
    )
    rows = [
        EventRow(*values) for values in found.order_by("-seq").values_list(*COLUMNS)[:_LOOKED_AT]
    ]
    said = [read(row, conversation_id, key) for row in rows]
    asked = said[0].text if said and said[0].side is Side.STAFF else ""
    theirs = [each.text for each in said if each.side is Side.YOUNG]
    return theirs[: MOST_TOGETHER - 1][::-1], asked
