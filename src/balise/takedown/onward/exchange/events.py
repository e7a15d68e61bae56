"""What happened between hotlines: who was approved, what went where, and the outcome.

`for_line` is the line whose content it is, `peer` the hotline at the other end.
"""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState, StepKind, StepState
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    Outcome,
    Reason,
    TransferState,
)


class PeerAdded(Event, name="takedown.peer.added"):
    """A hotline of the network was added; nothing is sent there yet."""


class CardProposed(Event, name="takedown.peer.card-proposed"):
    """Someone added the address and keys of a hotline; the subject is the hotline."""

    card: UUID


class CardApproved(Event, name="takedown.peer.card-approved"):
    """A second person compared them and agreed."""

    card: UUID


class CardRetired(Event, name="takedown.peer.card-retired"):
    card: UUID


class PeerBlocked(Event, name="takedown.peer.blocked"):
    """Nothing is sent there, and nothing from there is accepted."""


class PeerUnblocked(Event, name="takedown.peer.unblocked"):
    """A hotline abroad may exchange again."""


class TransferMoved(Event, name="takedown.transfer.moved"):
    """A transfer came to a state; the subject is the transfer, `content` is ours or nil."""

    for_line: Code
    content: UUID
    peer: UUID
    direction: Direction
    country: Code
    state: TransferState
    outcome: Outcome
    reason: Reason
    fault: Fault


class LetterQueued(Event, name="takedown.letter.queued"):
    """A letter waits to be sent; a worker sends it."""

    transfer: UUID


class LetterArrived(Event, name="takedown.letter.arrived"):
    """A letter arrived, or was fetched; a worker reads it."""

    peer: UUID


class LetterUnreadable(Event, name="takedown.letter.unreadable"):
    """A letter with a hotline's valid signature cannot be read."""

    peer: UUID


class IccamMoved(Event, name="takedown.iccam.moved"):
    """A content came to a state in ICCAM, or here from there; the subject is the case."""

    for_line: Code
    content: UUID
    direction: Direction
    country: Code
    state: CaseState


class IccamStepped(Event, name="takedown.iccam.stepped"):
    """Something was done about a content in ICCAM, was needless, or was refused."""

    for_line: Code
    kind: StepKind
    what: Code
    state: StepState


class IccamUnreadable(Event, name="takedown.iccam.unreadable"):
    """ICCAM named a content that cannot be read: it is passed over, and someone looks."""

    number: int
