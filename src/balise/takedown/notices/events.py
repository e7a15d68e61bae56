"""What happened to a notice: what the journal keeps and the yearly report counts.

`for_line` is the line that the notice is sent for, `host` the organisation that receives it.
"""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.notices.rules.clocks import Goal, Urgency, Why
from balise.takedown.notices.rules.documents import DocumentKind
from balise.takedown.notices.rules.inbound import MailKind, Said, Via
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.redress import Contester, Ruling
from balise.takedown.notices.rules.states import Account, Failure, Impediment, Outcome


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


class NoticeDrafted(NoticeEvent, name="takedown.notice.drafted"):
    """A notice was drafted."""


class NoticeQueued(NoticeEvent, name="takedown.notice.queued"):
    """Someone decided to send it; a worker sends it, alone or with others."""

    urgency: Urgency
    at_once: bool


class NoticeRead(NoticeEvent, name="takedown.notice.read"):
    """Someone opened what a notice says."""


class NoticeSent(NoticeEvent, name="takedown.notice.sent"):
    """The host's mail server took it, or an analyst put it into the host's form by hand.

    `basis` is what it was worth there on that day: `LegalBasis` of the directory.
    """

    country: Code
    dsa_category: Code
    dsa_keyword: Code
    urgency: Urgency
    rung: Rung
    basis: Code
    by_hand: bool


class NoticeSentAgain(NoticeEvent, name="takedown.notice.sent-again"):
    """It had come back, and was sent once more: it is counted as sent already."""


class HostIntroduced(Event, name="takedown.host.introduced"):
    """An organisation that was never addressed was told who writes and what is asked of it."""

    for_line: Code


class NoticeReminded(NoticeEvent, name="takedown.notice.reminded"):
    """A host was reminded of a notice."""


class NoticeFailed(NoticeEvent, name="takedown.notice.failed"):
    failure: Failure


class MailFailed(Event, name="takedown.mail.failed"):
    """A reply, a retraction, a ruling or a first contact did not leave; the subject is the mail."""

    for_line: Code
    failure: Failure


class MailTriedAgain(Event, name="takedown.mail.tried-again"):
    """A person sends it once more."""

    for_line: Code


class NoticeWithdrawn(NoticeEvent, name="takedown.notice.withdrawn"):
    """A notice was cancelled."""


class NoticesHeld(Event, name="takedown.notices.held"):
    """A content, or one notice about it, is on hold: nothing is sent; the subject is the hold."""

    content: UUID
    for_line: Code
    notice: UUID | None
    reason: Code
    until: datetime


class NoticesReleased(Event, name="takedown.notices.released"):
    """A hold was lifted, or its time was over; the subject is the hold."""

    content: UUID
    for_line: Code
    notice: UUID | None
    by_itself: bool


class NoticeAcknowledged(NoticeEvent, name="takedown.notice.acknowledged"):
    """The recipient said that it has it, so many seconds after it was sent."""

    seconds: int


class ClockStopped(NoticeEvent, name="takedown.notice.clock-stopped"):
    """The recipient asks for information, or pleads an impediment."""

    why: Why


class ClockResumed(NoticeEvent, name="takedown.notice.clock-resumed"):
    """They were answered, or the impediment is lifted; the clock stood still for some seconds."""

    why: Why
    seconds: int


class ClockRanOut(NoticeEvent, name="takedown.notice.clock-ran-out"):
    """The deadline passed without an answer; reminders are used up, and a next step is proposed."""

    goal: Goal
    proposed: Rung | None


class RungClimbed(NoticeEvent, name="takedown.notice.rung-climbed"):
    """The next step of the escalation is told: by its own notice, or by hand (`notice` None)."""

    rung: Rung
    notice: UUID | None


class RungKnown(NoticeEvent, name="takedown.notice.rung-known"):
    """Someone recorded the contact of a later step."""

    rung: Rung


class RungDeclined(NoticeEvent, name="takedown.notice.rung-declined"):
    """Someone decided not to escalate for now: to wait once more, or to stop."""

    rung: Rung


class OutcomeRecorded(NoticeEvent, name="takedown.notice.outcome-recorded"):
    """The outcome, and how many seconds after the notice was sent.

    `running_seconds` leaves out the time in which the deadline was paused.
    """

    outcome: Outcome
    account: Account
    impediment: Impediment
    dsa_category: Code
    urgency: Urgency
    rung: Rung
    seconds: int
    running_seconds: int


class HostAnswered(Event, name="takedown.answer.received"):
    """Something came back; the subject is the answer. `notice` or `mailing`, where recognised."""

    for_line: Code
    via: Via
    kind: MailKind
    said: Said | None
    notice: UUID | None
    mailing: UUID | None


class AnswerRead(Event, name="takedown.answer.read"):
    """Someone opened what an answer says."""

    for_line: Code


class AnswerSettled(Event, name="takedown.answer.settled"):
    """A person decided what an answer means, or set it aside."""

    for_line: Code
    notices: int


class NoticeContested(NoticeEvent, name="takedown.notice.contested"):
    """The recipient or the author objects to it."""

    contest: UUID
    contester: Contester
    via: Via


class ContestRead(NoticeEvent, name="takedown.notice.contest-read"):
    """Someone opened what an objection says."""

    contest: UUID


class ContestRuled(NoticeEvent, name="takedown.notice.contest-ruled"):
    """A second person decided, so many seconds after it was contested."""

    contest: UUID
    contester: Contester
    ruling: Ruling
    seconds: int


class NoticeRetracted(NoticeEvent, name="takedown.notice.retracted"):
    """It was cancelled after an objection; everyone who received it is told."""

    rung: Rung


# After one of these a notice stands elsewhere than before.
MOVES = (
    *(NoticeSent, NoticeSentAgain, NoticeFailed, NoticeAcknowledged, NoticeReminded),
    *(NoticeWithdrawn, NoticeRetracted, ClockStopped, ClockResumed, OutcomeRecorded),
)


class CustomsSet(Event, name="takedown.contact.customs-set"):
    """A contact has customs of its own; the subject is the contact."""


class DocumentTaken(NoticeEvent, name="takedown.notice.document-taken"):
    """Someone put what a notice says into another form, to send it another way."""

    document: DocumentKind
