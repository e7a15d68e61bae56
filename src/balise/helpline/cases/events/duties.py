"""What was decided about a duty to report: the subject is the decision."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.duties import Decision


class DutyDecided(Event):
    """A listener decided, at this end of the questions."""

    name = "helpline.duty.decided"

    case: UUID
    end: Code
    decision: Decision


class DutyRead(Event):
    name = "helpline.duty.read"

    case: UUID


class DutySigned(Event):
    """A supervisor agreed, or not."""

    name = "helpline.duty.signed"

    case: UUID
    agrees: bool


class ComplaintMade(Event):
    """The complaint's papers were made and handed to the listener; the subject is the file."""

    name = "helpline.complaint.made"

    documents: int
