"""What a partner's people did at their desk, and what became of what they sent."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.hotline.desk.rules.files import Form


class BatchPrepared(Event):
    """Lines were read, and wait to be sent; the subject is the batch."""

    name = "hotline.batch.prepared"

    partner: UUID
    form: Form
    lines: int
    faulty: int


class BatchSent(Event):
    """Lines of a batch became reports; `incomplete` of them lack what the police need."""

    name = "hotline.batch.sent"

    partner: UUID
    sent: int
    known: int
    incomplete: int


class DraftDropped(Event):
    """Someone gave a line up; the subject is the batch."""

    name = "hotline.draft.dropped"

    partner: UUID


class OwnReportRead(Event):
    """A partner's person opened a report that the partner sent; the subject is the report."""

    name = "hotline.own-report.read"

    partner: UUID


class OwnReportsTaken(Event):
    """A partner's person took a list of the partner's reports outside; a taking of its own."""

    name = "hotline.own-reports.taken"

    partner: UUID
    count: int


class PartnerThreadRead(Event):
    """An analyst opened what a partner wrote about a report; the subject is the report."""

    name = "hotline.partner-thread.read"

    partner: UUID


class PartnerReportReceived(Event):
    """A partner's report came in, by whichever door."""

    name = "hotline.partner-report.received"

    partner: UUID
    received_on: date


class PartnerReportProcessed(Event):
    """All contents of a partner's report have their verdict, so many seconds after it came."""

    name = "hotline.partner-report.processed"

    partner: UUID
    processed_on: date
    category: Code
    seconds: int
    band: Code
