"""What happened to content that the helpline referred, as any reporter is told."""

from uuid import UUID

from balise.foundation.encryption.sealing import blind
from balise.hotline.reports.models import Report
from balise.hotline.reports.models.writing import LINE
from balise.hotline.reports.rules.status import Standing
from balise.hotline.reports.rules.words import State, Verdict


def intake_key(origin: UUID) -> bytes:
    """Return the key of a report that was referred for an origin."""
    return blind(LINE, "helpline", str(origin))


def standings(origin: UUID) -> tuple[Standing, ...]:
    """Return the state of each content that was referred for an origin; their places are encrypted.

    Empty where nothing was referred, or it was erased since.
    """
    report = Report.objects.filter(intake_key=intake_key(origin)).first()
    if report is None:
        return ()
    return tuple(
        Standing(
            place="",
            state=State(content.state),
            verdict=Verdict(content.verdict) if content.verdict else None,
            decided_at=content.decided_at,
            removed_at=content.removed_at,
            is_asked=content.removal_asked_at is not None,
            known_before=content.first_reported_at < report.received_at,
        )
        for content in report.contents.order_by("first_reported_at", "id")
    )
