"""One's other conversations, as every page of a listener shows them."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.console import access
from balise.helpline.conversations.queries.going import Peek, peeks
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind


@dataclass(frozen=True, slots=True)
class Other:
    """A conversation that one holds, and the item that leads to it."""

    item: UUID
    peek: Peek

    @property
    def mark(self) -> str:
        """Return what changes with anything that is shown of it."""
        return f"{self.item}:{self.peek.last_seq}:{self.peek.unread}:{self.peek.is_over:d}"


def others(*, seen_by: Actor, reading: UUID | None = None) -> list[Other]:
    """Return the chats that one holds, the one that is being read left out."""
    access.require(seen_by, access.WORK)
    items = queue.held_by(seen_by.key, WaitKind.CHAT)
    found = peeks(of=items, seen_by=seen_by) if items else []
    return [
        Other(items[peek.conversation], peek)
        for peek in found
        if peek.conversation in items and peek.conversation != reading
    ]
