"""What was decided about a duty to report: the subject is the decision."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.duties import Decision


class DutyDecided(Event, name="helpline.duty.decided"):
    """A listener decided, at this end of the questions."""

    case: UUID
    end: Code
    decision: Decision


class DutyRead(Event, name="helpline.duty.read"):
    case: UUID


class DutySigned(Event, name="helpline.duty.signed"):
    """A supervisor agreed, or not."""

    case: UUID
    agrees: bool


class ComplaintMade(Event, name="helpline.complaint.made"):
    """The complaint's papers were made and handed to the listener; the subject is the file."""

    documents: int
