"""Whether the line of a listener was cut, and what the young person wants then."""

from uuid import UUID

from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.queue import queries as queue


def is_cut(one: Conversation) -> bool:
    """Return whether the line of its listener was cut: nobody answers, and they may come back."""
    return one.state == ConversationState.OPEN and bool(one.listener) and queue.is_cut(one.listener)


def wants_another(conversation_id: UUID) -> bool:
    """Return whether a young person does not wait for a listener whose line was cut."""
    return Conversation.objects.filter(id=conversation_id, wants_another=True).exists()
