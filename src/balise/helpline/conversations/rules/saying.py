"""Where what is said stands in a conversation's log: one rule, whoever writes it."""

from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from balise.helpline.conversations.rules import ConversationState, Side

OTHER = "other"  # the code of a message that its listener did not say, but a supervisor


class Refusal(Enum):
    """Why a message is not written; put in words where its sender's language is known."""

    NOT_IN_IT = auto()
    OVER = auto()


@dataclass(slots=True)
class Room:
    """A locked conversation while events are added to its log."""

    id: UUID
    state: str
    listener: str
    last_seq: int
    announced: frozenset[str] = frozenset()  # supervisors who joined, and the young person knows


def place_of(room: Room, known: int | None, *, side: Side, account: str) -> int | Refusal:
    """Return the place of a message: the one that it has already (`known`), or the next.

    Staff speak with the account of the listener who is in it, or of a supervisor who was announced
    and only while a listener is there; nothing is added once it has ended.
    """
    if side is Side.STAFF and room.listener != account and not is_announced(room, account):
        return Refusal.NOT_IN_IT
    if known is not None:
        return known
    return Refusal.OVER if room.state == ConversationState.ENDED else room.last_seq + 1


def is_announced(room: Room, account: str) -> bool:
    """Return whether an account is that of a supervisor who may speak with the listener there."""
    return bool(room.listener) and account != room.listener and account in room.announced


def goes_on(room: Room, *, side: Side) -> bool:
    """Return whether a message lets a conversation go on that had dropped."""
    return side is Side.YOUNG and room.state == ConversationState.SUSPENDED
