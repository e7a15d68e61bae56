"""What happened in the queue: the subject is the item, or the seat's account."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.queue.rules import Kind, PutBack, Reason, Risk, RiskFrom, SeatState, Skill


class ItemEvent(Event):
    """A fact about an item; `about` is what waits (a conversation, a call, a removal)."""

    about: UUID
    kind: Kind
    risk: Risk


class ItemQueued(ItemEvent):
    name = "helpline.item.queued"

    skill: Skill | Code


class RiskJudged(ItemEvent):
    """Its risk changed, or was confirmed; at A a supervisor is called.

    `how`: a listener judged it, the person said so, or words of theirs raised it, which is a guess
    until a listener confirms it and is counted in no figure.
    """

    name = "helpline.item.risk-judged"

    before: Risk
    how: RiskFrom


class ItemClaimed(ItemEvent):
    """A listener took it, `seconds` after it began to wait; `first` time or again."""

    name = "helpline.item.claimed"

    seconds: int
    first: bool


class ItemReturned(ItemEvent):
    """It waits again, in front."""

    name = "helpline.item.returned"

    reason: Reason


class ItemPutBack(ItemEvent):
    """What is not live waits again, in the place that it had."""

    name = "helpline.item.put-back"

    why: PutBack


class ItemHandedOver(ItemEvent):
    """Its listener passed it on, to a person or to a profession."""

    name = "helpline.item.handed-over"

    skill: Skill | Code


class ItemFinished(ItemEvent):
    """It is done, `seconds` after it was first taken."""

    name = "helpline.item.finished"

    seconds: int


class ItemWithdrawn(ItemEvent):
    """It left without being done, `seconds` after it began to wait; `taken` by someone or never."""

    name = "helpline.item.withdrawn"

    reason: Reason
    seconds: int
    taken: bool


class SeatChanged(Event):
    """A listener's seat; `seconds` it was in the state before."""

    name = "helpline.seat.changed"

    before: SeatState
    after: SeatState
    seconds: int


class WrittenWorkSet(Event):
    """A supervisor put a seat on written work, or took it off again (`on` false)."""

    name = "helpline.seat.written-work"

    on: bool
