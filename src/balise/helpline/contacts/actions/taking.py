"""Download a file for others (Insafe, Child Helpline International); the download is logged."""

from dataclasses import replace
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.measures import settle
from balise.helpline.contacts.events import ReportTaken
from balise.helpline.contacts.queries import reports
from balise.helpline.contacts.rules.reports import Report


def take_insafe(*, year: int, quarter: int, by: Actor) -> Report:
    """Return the quarter's file for Insafe, as `balise insafe` prints it."""
    return _taken(reports.insafe_quarter(year, quarter, seen_by=by), by=by)


def take_chi(*, year: int, by: Actor) -> Report:
    """Return the year's file for Child Helpline International, as `balise chi` prints it."""
    return _taken(reports.chi_year(year, seen_by=by), by=by)


def _taken(report: Report, *, by: Actor) -> Report:
    """Keep what leaves, and write it down. What changed by little leaves as it left before."""
    with transaction.atomic():
        tables = settle(
            report.tables,
            subject=f"file {report.name}",
            first=report.first,
            last=report.last,
        )
        record(ReportTaken(subject=uuid4(), report=Code(report.name), first=report.first), by=by)
    until = min(table.counted_until or report.counted_until for table in tables)
    return replace(report, tables=tuple(tables), counted_until=until)
