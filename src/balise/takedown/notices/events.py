"""What happened to a notice: what the journal keeps and the yearly report counts.

`for_line` is the line that the notice is sent for, `host` the organisation that receives it.
"""

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


class NoticeEvent(Event):
    """A fact about a notice; the subject is the notice."""

    content: UUID
    for_line: Code
    host: UUID
    offence: Code


class NoticeDrafted(NoticeEvent):
    name = "takedown.notice.drafted"


class NoticeQueued(NoticeEvent):
    """Someone decided to send it; a worker sends it, alone or with others."""

    name = "takedown.notice.queued"

    urgency: Urgency
    at_once: bool


class NoticeRead(NoticeEvent):
    """Someone opened what a notice says."""

    name = "takedown.notice.read"


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


class NoticeSentAgain(NoticeEvent):
    """It had come back, and was sent once more: it is counted as sent already."""

    name = "takedown.notice.sent-again"


class HostIntroduced(Event):
    """An organisation that was never addressed was told who writes and what is asked of it."""

    name = "takedown.host.introduced"

    for_line: Code


class NoticeReminded(NoticeEvent):
    name = "takedown.notice.reminded"


class NoticeFailed(NoticeEvent):
    name = "takedown.notice.failed"

    failure: Failure


class MailFailed(Event):
    """A reply, a retraction, a ruling or a first contact did not leave; the subject is the mail."""

    name = "takedown.mail.failed"

    for_line: Code
    failure: Failure


class MailTriedAgain(Event):
    """A person sends it once more."""

    name = "takedown.mail.tried-again"

    for_line: Code


class NoticeWithdrawn(NoticeEvent):
    name = "takedown.notice.withdrawn"


class NoticesHeld(Event):
    """A content, or one notice about it, is on hold: nothing is sent; the subject is the hold."""

    name = "takedown.notices.held"

    content: UUID
    for_line: Code
    notice: UUID | None
    reason: Code
    until: datetime


class NoticesReleased(Event):
    """A hold was lifted, or its time was over; the subject is the hold."""

    name = "takedown.notices.released"

    content: UUID
    for_line: Code
    notice: UUID | None
    by_itself: bool


class NoticeAcknowledged(NoticeEvent):
    """The recipient said that it has it, so many seconds after it was sent."""

    name = "takedown.notice.acknowledged"

    seconds: int


class ClockStopped(NoticeEvent):
    """The recipient asks for information, or pleads an impediment."""

    name = "takedown.notice.clock-stopped"

    why: Why


class ClockResumed(NoticeEvent):
    """They were answered, or the impediment is lifted; the clock stood still for some seconds."""

    name = "takedown.notice.clock-resumed"

    why: Why
    seconds: int


class ClockRanOut(NoticeEvent):
    """The deadline passed without an answer; reminders are used up, and a next step is proposed."""

    name = "takedown.notice.clock-ran-out"

    goal: Goal
    proposed: Rung | None


class RungClimbed(NoticeEvent):
    """The next step of the escalation is told: by its own notice, or by hand (`notice` None)."""

    name = "takedown.notice.rung-climbed"

    rung: Rung
    notice: UUID | None


class RungKnown(NoticeEvent):
    """Someone recorded the contact of a later step."""

    name = "takedown.notice.rung-known"

    rung: Rung


class RungDeclined(NoticeEvent):
    """Someone decided not to escalate for now: to wait once more, or to stop."""

    name = "takedown.notice.rung-declined"

    rung: Rung


class OutcomeRecorded(NoticeEvent):
    """The outcome, and how many seconds after the notice was sent.

    `running_seconds` leaves out the time in which the deadline was paused.
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


class HostAnswered(Event):
    """Something came back; the subject is the answer. `notice` or `mailing`, where recognised."""

    name = "takedown.answer.received"

    for_line: Code
    via: Via
    kind: MailKind
    said: Said | None
    notice: UUID | None
    mailing: UUID | None


class AnswerRead(Event):
    """Someone opened what an answer says."""

    name = "takedown.answer.read"

    for_line: Code


class AnswerSettled(Event):
    """A person decided what an answer means, or set it aside."""

    name = "takedown.answer.settled"

    for_line: Code
    notices: int


class NoticeContested(NoticeEvent):
    """The recipient or the author objects to it."""

    name = "takedown.notice.contested"

    contest: UUID
    contester: Contester
    via: Via


class ContestRead(NoticeEvent):
    """Someone opened what an objection says."""

    name = "takedown.notice.contest-read"

    contest: UUID


class ContestRuled(NoticeEvent):
    """A second person decided, so many seconds after it was contested."""

    name = "takedown.notice.contest-ruled"

    contest: UUID
    contester: Contester
    ruling: Ruling
    seconds: int


class NoticeRetracted(NoticeEvent):
    """It was cancelled after an objection; everyone who received it is told."""

    name = "takedown.notice.retracted"

    rung: Rung


# After one of these a notice stands elsewhere than before.
MOVES = (
    *(NoticeSent, NoticeSentAgain, NoticeFailed, NoticeAcknowledged, NoticeReminded),
    *(NoticeWithdrawn, NoticeRetracted, ClockStopped, ClockResumed, OutcomeRecorded),
)


class CustomsSet(Event):
    """A contact has customs of its own; the subject is the contact."""

    name = "takedown.contact.customs-set"


class DocumentTaken(NoticeEvent):
    """Someone put what a notice says into another form, to send it another way."""

    name = "takedown.notice.document-taken"

    document: DocumentKind
