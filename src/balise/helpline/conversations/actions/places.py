"""A conversation together with its place in the line."""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.conversations.models import Conversation
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.actions.seats import with_its_item
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Kind, Reason


def with_its_place(conversation_id: UUID) -> tuple[Conversation, Item | None]:
    """Return a conversation and its open item, if it has one, locked in the order of the queue."""
    return with_its_item(kind=Kind.CHAT, subject=conversation_id, lock=Conversation.locked)


def waits(item: Item | None) -> bool:
    """Return whether a place is one of the line: not gone, and with no listener."""
    return item is not None and item.state == ItemState.WAITING


def leave_line(item: Item | None, *, reason: Reason = Reason.LEFT, by: Actor) -> None:
    """Leave the line if one still waits in it. Whoever is with a listener stays with them."""
    if item is not None and waits(item):
        waiting.withdraw(item_id=item.id, reason=reason, by=by)
