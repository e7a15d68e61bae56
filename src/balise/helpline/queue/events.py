"""What happened in the queue: the subject is the item, or the seat's account."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.queue.rules import PutBack, Reason, Risk, RiskFrom, SeatState, Skill, WaitKind
from balise.helpline.queue.rules.dangers import NotADanger, Outcome, SaidBy


class ItemEvent(Event):
    """A fact about an item; `about` is what waits (a conversation, a call, a removal)."""

    about: UUID
    kind: WaitKind
    risk: Risk


class ItemQueued(ItemEvent, name="helpline.item.queued"):
    skill: Skill | Code


class RiskJudged(ItemEvent, name="helpline.item.risk-judged"):
    """Its risk changed, or was confirmed; at A a supervisor is called.

    `how`: a listener judged it, the person said so, or words of theirs raised it, which is a guess
    until a listener confirms it and is counted in no figure.
    """

    before: Risk
    how: RiskFrom


class ItemClaimed(ItemEvent, name="helpline.item.claimed"):
    """A listener took it, `seconds` after it began to wait; `first` time or again."""

    seconds: int
    first: bool


class ItemReturned(ItemEvent, name="helpline.item.returned"):
    """It waits again, in front."""

    reason: Reason


class ItemPutBack(ItemEvent, name="helpline.item.put-back"):
    """What is not live waits again, in the place that it had."""

    why: PutBack


class ItemHandedOver(ItemEvent, name="helpline.item.handed-over"):
    """Its listener passed it on, to a person or to a profession."""

    skill: Skill | Code


class ItemFinished(ItemEvent, name="helpline.item.finished"):
    """It is done, `seconds` after it was first taken."""

    seconds: int


class ItemWithdrawn(ItemEvent, name="helpline.item.withdrawn"):
    """It left without being done, `seconds` after it began to wait; `taken` by someone or never."""

    reason: Reason
    seconds: int
    taken: bool


class SeatChanged(Event, name="helpline.seat.changed"):
    """A listener's seat; `seconds` it was in the state before."""

    before: SeatState
    after: SeatState
    seconds: int


class WrittenWorkSet(Event, name="helpline.seat.written-work"):
    """A supervisor put a seat on written work, or took it off again (`on` false)."""

    on: bool


class DangerDeclared(Event, name="helpline.danger.declared"):
    """A life is in danger, and supervisors are called; `again`, after its end was proposed.

    The subject of this and of all that follows is the item of whom it is about.
    """

    said_by: SaidBy
    again: bool


class DangerConfirmed(Event, name="helpline.danger.confirmed"):
    """A person says what words had raised."""


class DangerJoined(Event, name="helpline.danger.joined"):
    """A supervisor is there, `seconds` after it was declared."""

    seconds: int


class EndProposed(Event, name="helpline.danger.end-proposed"):
    """One person says how it ended; a second has to agree."""

    outcome: Outcome


class EndRefused(Event, name="helpline.danger.end-refused"):
    """Somebody said “not yet”: it goes on."""


class DangerEnded(Event, name="helpline.danger.ended"):
    """It is over, `seconds` after it was declared; `alone`, where no second person came."""

    seconds: int
    outcome: Outcome
    alone: bool


class DangerSetAside(Event, name="helpline.danger.set-aside"):
    """Words alone had raised it, and who read them says that they tell of no danger."""

    why: NotADanger


class DangerRead(Event, name="helpline.danger.read"):
    """A supervisor read what one person had ended or set aside."""


class WordsEditProposed(Event, name="helpline.words-edit.proposed"):
    """Somebody proposes an edit of the words of danger, of which it is the subject."""

    language: Code
    concept: Code
    added: int
    removed: int


class WordsEditApproved(Event, name="helpline.words-edit.approved"):
    """A second person approved it: from now on it is in force; `changed` messages of the lists."""

    language: Code
    concept: Code
    changed: int


class WordsEditRefused(Event, name="helpline.words-edit.refused"):
    """A second person refused it: it was never in force."""
