"""Download a file for others (Insafe, Child Helpline International); the download is logged."""

from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
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
    taken = ReportTaken(subject=uuid4(), report=Code(report.plan.name), first=report.node.first)
    with transaction.atomic():
        record(taken, by=by)
    return report
