"""What happened to a notice: what the journal keeps and the yearly report counts.

`for_line` is the line that the notice is sent for, `host` the organisation that receives it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.notices.rules.answers import MailKind, Said, Via
from balise.takedown.notices.rules.clocks import Why
from balise.takedown.notices.rules.documents import DocumentKind
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.redress import Contester, Ruling
from balise.takedown.notices.rules.states import Account, Failure, Impediment, Outcome
from balise.takedown.notices.rules.urgency import Goal, Urgency


class NoticeFacts(TypedDict):
    """What every fact about a notice says."""

    subject: UUID
    content: UUID
    for_line: Code
    host: UUID
    offence: Code


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    """A fact about a notice; the subject is the notice."""

    content: UUID
    for_line: Code
    host: UUID
    offence: Code


@dataclass(frozen=True, kw_only=True)
class NoticeDrafted(NoticeEvent):
    name = "takedown.notice.drafted"


@dataclass(frozen=True, kw_only=True)
class NoticeQueued(NoticeEvent):
    """Someone decided to send it; a worker who hears of this does, alone or with others."""

    name = "takedown.notice.queued"

    urgency: Urgency
    at_once: bool


@dataclass(frozen=True, kw_only=True)
class NoticeRead(NoticeEvent):
    """Someone opened what a notice says."""

    name = "takedown.notice.read"


@dataclass(frozen=True, kw_only=True)
class NoticeSent(NoticeEvent):
    """The host's mail server took it, or an analyst put it into the host's form by hand.

    `basis` is what it was worth there on that day: `LegalBasis` of the directory.
    """

    name = "takedown.notice.sent"

    country: Code
    dsa_category: Code
    dsa_keyword: Code
    urgency: Urgency
    rung: Rung
    basis: Code
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class NoticeSentAgain(NoticeEvent):
    """It had come back, and was sent once more: it is counted as sent already."""

    name = "takedown.notice.sent-again"


@dataclass(frozen=True, kw_only=True)
class HostIntroduced(Event):
    """An organisation that was never addressed was told who writes and what is asked of it."""

    name = "takedown.host.introduced"

    for_line: Code


@dataclass(frozen=True, kw_only=True)
class NoticeReminded(NoticeEvent):
    name = "takedown.notice.reminded"


@dataclass(frozen=True, kw_only=True)
class NoticeFailed(NoticeEvent):
    name = "takedown.notice.failed"

    failure: Failure


@dataclass(frozen=True, kw_only=True)
class MailFailed(Event):
    """A reply, a retraction, a ruling or a first contact did not leave; the subject is the mail."""

    name = "takedown.mail.failed"

    for_line: Code
    failure: Failure


@dataclass(frozen=True, kw_only=True)
class MailTriedAgain(Event):
    """A person has it sent once more."""

    name = "takedown.mail.tried-again"

    for_line: Code


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(NoticeEvent):
    name = "takedown.notice.withdrawn"


@dataclass(frozen=True, kw_only=True)
class NoticesHeld(Event):
    """Nothing leaves about a content, or nothing of one notice of it; the subject is the hold."""

    name = "takedown.notices.held"

    content: UUID
    for_line: Code
    notice: UUID | None
    reason: Code
    until: datetime


@dataclass(frozen=True, kw_only=True)
class NoticesReleased(Event):
    """A hold was lifted, or ended by itself; the subject is the hold."""

    name = "takedown.notices.released"

    content: UUID
    for_line: Code
    notice: UUID | None
    by_itself: bool


@dataclass(frozen=True, kw_only=True)
class NoticeAcknowledged(NoticeEvent):
    """The recipient said that it has it, so many seconds after it was sent."""

    name = "takedown.notice.acknowledged"

    seconds: int


@dataclass(frozen=True, kw_only=True)
class ClockStopped(NoticeEvent):
    """The recipient asks for information, or pleads an impediment."""

    name = "takedown.notice.clock-stopped"

    why: Why


@dataclass(frozen=True, kw_only=True)
class ClockResumed(NoticeEvent):
    """They were answered, or the impediment is lifted; the clock stood still for some seconds."""

    name = "takedown.notice.clock-resumed"

    why: Why
    seconds: int


@dataclass(frozen=True, kw_only=True)
class ClockRanOut(NoticeEvent):
    """What was expected did not come in time; reminders are used up, and a rung is proposed."""

    name = "takedown.notice.clock-ran-out"

    goal: Goal
    proposed: Rung | None


@dataclass(frozen=True, kw_only=True)
class RungClimbed(NoticeEvent):
    """The next rung of the ladder is told: by a notice of its own, or by hand (`notice` None)."""

    name = "takedown.notice.rung-climbed"

    rung: Rung
    notice: UUID | None


@dataclass(frozen=True, kw_only=True)
class RungKnown(NoticeEvent):
    """Someone wrote down who stands on a rung above."""

    name = "takedown.notice.rung-known"

    rung: Rung


@dataclass(frozen=True, kw_only=True)
class RungDeclined(NoticeEvent):
    """Someone decided not to climb for now: to wait once more, or to leave it at that."""

    name = "takedown.notice.rung-declined"

    rung: Rung


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(NoticeEvent):
    """What came of it, and how many seconds after it was sent.

    `running_seconds` leaves out the time in which the clock stood still.
    """

    name = "takedown.notice.outcome-recorded"

    outcome: Outcome
    account: Account
    impediment: Impediment
    dsa_category: Code
    urgency: Urgency
    rung: Rung
    seconds: int
    running_seconds: int


@dataclass(frozen=True, kw_only=True)
class HostAnswered(Event):
    """Something came back; the subject is the answer. `notice` or `mailing`, where recognised."""

    name = "takedown.answer.received"

    for_line: Code
    via: Via
    kind: MailKind
    said: Said | None
    notice: UUID | None
    mailing: UUID | None


@dataclass(frozen=True, kw_only=True)
class AnswerRead(Event):
    """Someone opened what an answer says."""

    name = "takedown.answer.read"

    for_line: Code


@dataclass(frozen=True, kw_only=True)
class AnswerSettled(Event):
    """A person decided what an answer means, or set it aside."""

    name = "takedown.answer.settled"

    for_line: Code
    notices: int


@dataclass(frozen=True, kw_only=True)
class NoticeContested(NoticeEvent):
    """The recipient or the author objects to it."""

    name = "takedown.notice.contested"

    contest: UUID
    contester: Contester
    via: Via


@dataclass(frozen=True, kw_only=True)
class ContestRead(NoticeEvent):
    """Someone opened what an objection says."""

    name = "takedown.notice.contest-read"

    contest: UUID


@dataclass(frozen=True, kw_only=True)
class ContestRuled(NoticeEvent):
    """A second person decided, so many seconds after it was contested."""

    name = "takedown.notice.contest-ruled"

    contest: UUID
    contester: Contester
    ruling: Ruling
    seconds: int


@dataclass(frozen=True, kw_only=True)
class NoticeRetracted(NoticeEvent):
    """It was taken back; whoever got it is told."""

    name = "takedown.notice.retracted"

    rung: Rung


# After one of these a notice stands elsewhere than before.
MOVES = (
    *(NoticeSent, NoticeSentAgain, NoticeFailed, NoticeAcknowledged, NoticeReminded),
    *(NoticeWithdrawn, NoticeRetracted, ClockStopped, ClockResumed, OutcomeRecorded),
)


@dataclass(frozen=True, kw_only=True)
class CustomsSet(Event):
    """A contact has customs of its own; the subject is the contact."""

    name = "takedown.contact.customs-set"


@dataclass(frozen=True, kw_only=True)
class DocumentTaken(NoticeEvent):
    """Someone put what a notice says into another form, to send it another way."""

    name = "takedown.notice.document-taken"

    document: DocumentKind
