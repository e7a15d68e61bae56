"""What became of the contents that the helpline handed over, as any reporter is told."""

from uuid import UUID

from balise.foundation.encryption.sealing import blind
from balise.hotline.reports.models import LINE, Report
from balise.hotline.reports.queries.receipts import status_of
from balise.hotline.reports.rules.status import Status


def intake_key(origin: UUID) -> bytes:
    """Return what a report is known by that was handed over for an origin."""
    return blind(LINE, "helpline", str(origin))


def standings(origin: UUID) -> tuple[Status, ...]:
    """Return where each content stands that was handed over for an origin; their places are sealed.

    Empty where nothing was handed over, or it was erased since.
    """
    report = Report.objects.filter(intake_key=intake_key(origin)).first()
    if report is None:
        return ()
    return tuple(
        status_of(content, report, place="")
        for content in report.contents.order_by("first_reported_at", "id")
    )
