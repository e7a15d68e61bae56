"""Where what is said stands in a conversation's log: one rule, whoever writes it."""

from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from balise.helpline.conversations.rules import Side, State


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


def place_of(room: Room, known: int | None, *, side: Side, account: str) -> int | Refusal:
    """Return the place of a message: the one that it has already (`known`), or the next.

    Staff speak with the account of the listener who is in it; nothing is added once it has ended.
    """
    if side is Side.STAFF and room.listener != account:
        return Refusal.NOT_IN_IT
    if known is not None:
        return known
    return Refusal.OVER if room.state == State.ENDED else room.last_seq + 1


def goes_on(room: Room, *, side: Side) -> bool:
    """Return whether a message lets a conversation go on that had dropped."""
    return side is Side.YOUNG and room.state == State.SUSPENDED
