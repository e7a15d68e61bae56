"""What a partner's people did at their desk, and what became of what they sent."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.hotline.desk.rules.files import Form


class BatchPrepared(Event, name="hotline.batch.prepared"):
    """Lines were read, and wait to be sent; the subject is the batch."""

    partner: UUID
    form: Form
    lines: int
    faulty: int


class BatchSent(Event, name="hotline.batch.sent"):
    """Lines of a batch became reports; `incomplete` of them lack what the police need."""

    partner: UUID
    sent: int
    known: int
    incomplete: int


class DraftDropped(Event, name="hotline.draft.dropped"):
    """Someone gave a line up; the subject is the batch."""

    partner: UUID


class OwnReportRead(Event, name="hotline.own-report.read"):
    """A partner's person opened a report that the partner sent; the subject is the report."""

    partner: UUID


class OwnReportsTaken(Event, name="hotline.own-reports.taken"):
    """A partner's person took a list of the partner's reports outside; a taking of its own."""

    partner: UUID
    count: int


class PartnerThreadRead(Event, name="hotline.partner-thread.read"):
    """An analyst opened what a partner wrote about a report; the subject is the report."""

    partner: UUID


class PartnerReportReceived(Event, name="hotline.partner-report.received"):
    """A partner's report came in, by whichever door."""

    partner: UUID
    received_on: date


class PartnerReportProcessed(Event, name="hotline.partner-report.processed"):
    """All contents of a partner's report have their verdict, so many seconds after it came."""

    partner: UUID
    processed_on: date
    category: Code
    seconds: int
    band: Code
