"""Export the yearly report, and log the export."""

from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.statements import access
from balise.takedown.statements.events import YearlyReportTaken
from balise.takedown.statements.queries.flagging import yearly_report
from balise.takedown.statements.rules.flagging import YearlyReport


def take_report(*, year: int, form: str, by: Actor) -> YearlyReport:
    """Return the report on a year as it may leave; `form` is the kind of file."""
    access.require(by, access.REPORT)
    report = yearly_report(year, seen_by=by)
    with transaction.atomic():
        record(YearlyReportTaken(subject=uuid4(), year=year, form=Code(form)), by=by)
    return report
