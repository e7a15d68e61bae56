"""What happened between hotlines: who was approved, what went where, and the outcome.

`for_line` is the line whose content it is, `peer` the hotline at the other end.
"""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.onward.exchange.rules.iccam.conduct import CaseState, StepKind, StepState
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    Outcome,
    Reason,
    State,
)


class PeerAdded(Event):
    """A hotline of the network was added; nothing is sent there yet."""

    name = "takedown.peer.added"


class CardProposed(Event):
    """Someone added the address and keys of a hotline; the subject is the hotline."""

    name = "takedown.peer.card-proposed"

    card: UUID


class CardApproved(Event):
    """A second person compared them and agreed."""

    name = "takedown.peer.card-approved"

    card: UUID


class CardRetired(Event):
    name = "takedown.peer.card-retired"

    card: UUID


class PeerBlocked(Event):
    """Nothing is sent there, and nothing from there is accepted."""

    name = "takedown.peer.blocked"


class PeerUnblocked(Event):
    name = "takedown.peer.unblocked"


class TransferMoved(Event):
    """A transfer came to a state; the subject is the transfer, `content` is ours or nil."""

    name = "takedown.transfer.moved"

    for_line: Code
    content: UUID
    peer: UUID
    direction: Direction
    country: Code
    state: State
    outcome: Outcome
    reason: Reason
    fault: Fault


class LetterQueued(Event):
    """A letter waits to be sent; a worker sends it."""

    name = "takedown.letter.queued"

    transfer: UUID


class LetterArrived(Event):
    """A letter arrived, or was fetched; a worker reads it."""

    name = "takedown.letter.arrived"

    peer: UUID


class LetterUnreadable(Event):
    """A letter with a hotline's valid signature cannot be read."""

    name = "takedown.letter.unreadable"

    peer: UUID


class IccamMoved(Event):
    """A content came to a state in ICCAM, or here from there; the subject is the case."""

    name = "takedown.iccam.moved"

    for_line: Code
    content: UUID
    direction: Direction
    country: Code
    state: CaseState


class IccamStepped(Event):
    """Something was done about a content in ICCAM, was needless, or was refused."""

    name = "takedown.iccam.stepped"

    for_line: Code
    kind: StepKind
    what: Code
    state: StepState


class IccamUnreadable(Event):
    """ICCAM named a content that cannot be read: it is passed over, and someone looks."""

    name = "takedown.iccam.unreadable"

    number: int
