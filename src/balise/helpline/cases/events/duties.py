"""What was decided about a duty to report: the subject is the decision."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.duties import Decision


@dataclass(frozen=True, kw_only=True)
class DutyDecided(Event):
    """A listener decided, at this end of the questions."""

    name = "helpline.duty.decided"

    case: UUID
    end: Code
    decision: Decision


@dataclass(frozen=True, kw_only=True)
class DutyRead(Event):
    name = "helpline.duty.read"

    case: UUID


@dataclass(frozen=True, kw_only=True)
class DutySigned(Event):
    """A supervisor agreed, or not."""

    name = "helpline.duty.signed"

    case: UUID
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(Event):
    """The complaint's papers were made and handed to the listener; the subject is the file."""

    name = "helpline.complaint.made"

    documents: int
