"""Open what is sealed of a partner's report: by the partner's own people, or by an analyst."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.hotline.desk import access
from balise.hotline.desk.events import OwnReportRead, OwnReportsTaken, PartnerThreadRead
from balise.hotline.desk.queries.own import Filters, OwnReport, number_of, own_reports
from balise.hotline.reports.queries.dialogues import partners_report
from balise.hotline.reports.queries.partners import references_of
from balise.hotline.reports.queries.receipts import Followed, ThreadMessage, opened_by_hotline
from balise.hotline.welfare import actions as welfare


@dataclass(frozen=True, slots=True)
class OpenedThread:
    """What a partner and the analysts wrote about a report."""

    id: UUID
    number: str
    partner: str
    reference: str
    content: UUID | None
    messages: Sequence[ThreadMessage]


def open_own(*, report_id: UUID, by: Actor) -> Followed:
    """Open a report of one's own partner, and write down that it was read.

    Raises NotHere for any other, KeyForgotten for one that was erased.
    """
    partner = access.require_member(by)
    with transaction.atomic():
        if partners_report(report_id).partner != partner:
            raise NotHere
        record(OwnReportRead(subject=report_id, partner=partner), by=by)
    return opened_by_hotline(report_id)


def open_thread(*, report_id: UUID, by: Actor) -> OpenedThread:
    """Open what a partner wrote about a report, for an analyst, and write down that it was read.

    It counts as a moment of looking at the content. Raises NotHere for a report of no
    partner, Enough where the analyst has looked enough for now.
    """
    access.require(by, access.ANSWER)
    with transaction.atomic():
        report = partners_report(report_id)
        welfare.begin(
            content_id=report.content or report_id,
            category=report.category,
            ends_by_itself=True,
            by=by,
        )
        record(PartnerThreadRead(subject=report_id, partner=report.partner), by=by)
    opened = opened_by_hotline(report_id)
    return OpenedThread(
        id=report_id,
        number=number_of(report_id),
        partner=partner_names().get(str(report.partner), "–"),
        reference=opened.answers.reference,
        content=report.content,
        messages=opened.messages,
    )


# Download the list of one's own reports: states, days and references, never an address.


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
