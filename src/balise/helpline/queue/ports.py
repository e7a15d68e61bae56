"""What the queue asks of the modules whose people wait in it, and tells them at once."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port
from balise.helpline.queue.rules import Reason, Skill, WaitKind

# Whether a subject has ended, so that nobody is there to be taken. An unknown one has not.
is_over: Mapping[WaitKind, Port[Callable[[UUID], bool]]] = MappingProxyType(
    {
        kind: Port[Callable[[UUID], bool]](f"helpline.queue.is_over.{kind.value}")
        for kind in (WaitKind.CALL, WaitKind.CHAT, WaitKind.CALL_BACK, WaitKind.MESSAGE)
    }
)

# Whether the exchange says that the line of a call is up: then its listener is with the caller,
# whatever became of their browser.
is_line_up = Port[Callable[[UUID], bool]]("helpline.queue.is_line_up")


# Whether someone whose listener's line was cut does not want to wait for them.
wants_another = Port[Callable[[UUID], bool]]("helpline.queue.wants_another")

# The line of a chat's listener was cut, or is back: the young person's page asks anew.
line_changed = Port[Callable[[UUID], None]]("helpline.queue.line_changed")


class LeaveChat(Protocol):
    """Answered by conversations: its listener leaves it, and it waits for another."""

    def __call__(
        self, *, conversation_id: UUID, to: Skill | None, why: Reason | None, by: Actor
    ) -> None: ...


# In the transaction in which the item waits again: the two never disagree.
leave_chat = Port[LeaveChat]("helpline.queue.leave_chat")
