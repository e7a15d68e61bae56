"""Download the list of one's own reports: states, days and references, never an address."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.hotline.desk import access
from balise.hotline.desk.events import OwnReportsTaken
from balise.hotline.desk.queries.own import Filters, OwnReport, own_reports
from balise.hotline.reports.queries.partners import references_of


@dataclass(frozen=True, slots=True)
class Taken:
    """A report as the file has it, with the partner's own reference."""

    report: OwnReport
    reference: str


def take_own(*, filters: Filters, by: Actor) -> list[Taken]:
    """Return this partner's reports that the filters leave, and write down that they left."""
    partner = access.require_member(by)
    found = own_reports(filters=filters, seen_by=by)
    references = references_of(one.id for one in found)
    with transaction.atomic():
        record(OwnReportsTaken(subject=uuid4(), partner=partner, count=len(found)), by=by)
    return [Taken(one, references.get(one.id, "")) for one in found]
