"""Take the list of one's own reports outside: states, days and references, never an address."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import keys_of_line
from balise.foundation.journal.book import record
from balise.hotline.desk import access
from balise.hotline.desk.events import OwnReportsTaken
from balise.hotline.desk.queries.own import Filters, OwnReport, own_reports
from balise.hotline.reports.models import LINE, REPORT_BODY, Report


@dataclass(frozen=True, slots=True)
class Taken:
    """A report as the file has it, with the partner's own reference."""

    report: OwnReport
    reference: str


def take_own(*, filters: Filters, by: Actor) -> list[Taken]:
    """Return this partner's reports that the filters leave, and write down that they left."""
    partner = access.require_member(by)
    found = own_reports(filters=filters, seen_by=by)
    references = _references([one.id for one in found])
    with transaction.atomic():
        record(OwnReportsTaken(subject=uuid4(), partner=partner, count=len(found)), by=by)
    return [Taken(one, references.get(one.id, "")) for one in found]


def _references(report_ids: list[UUID]) -> dict[UUID, str]:
    keys = keys_of_line(LINE, report_ids)
    found: dict[UUID, str] = {}
    for report, sealed in Report.objects.filter(id__in=keys).values_list("id", "sealed"):
        fields = keys[report].open(sealed, where=REPORT_BODY, row=report)
        found[report] = str(fields.get("reference", ""))
    return found
