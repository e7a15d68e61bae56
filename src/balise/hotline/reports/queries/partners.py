"""What a partner may read: the reports it sent itself, and where their contents stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from balise.foundation.actors import Actor, ActorKind
from balise.hotline.reports import access
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.rules.words import OPEN_STATES, State

PAGE = 100


@dataclass(frozen=True, slots=True)
class ContentStanding:
    """Where one content of a report stands, without a word of what it is."""

    id: UUID
    state: str
    verdict: str
    decided_at: datetime | None
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report of this partner."""

    id: UUID
    received_at: datetime
    category: str
    is_open: bool
    contents: tuple[ContentStanding, ...]


@dataclass(frozen=True, slots=True)
class OwnReports:
    """A page of a partner's reports, the newest first; `after` begins the next one."""

    reports: tuple[OwnReport, ...]
    after: UUID | None


def own_reports(*, after: UUID | None, since: datetime | None, seen_by: Actor) -> OwnReports:
    """Return PAGE of this partner's reports, the newest first, older than report `after`."""
    found = _own(seen_by)
    if since is not None:
        found = found.filter(received_at__gte=since)
    if after is not None:
        last = found.filter(id=after).first()
        if last is None:
            return OwnReports((), None)
        found = found.filter(
            Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, id__gt=last.id)
        )
    page = list(
        found.defer("sealed")
        .order_by("-received_at", "id")
        .prefetch_related("contents")[: PAGE + 1]
    )
    reports = tuple(_read(report) for report in page[:PAGE])
    return OwnReports(reports, reports[-1].id if len(page) > PAGE else None)


def own_report(report_id: UUID, *, seen_by: Actor) -> OwnReport | None:
    """Return one report of this partner; None for any other, known or not."""
    found = _own(seen_by).defer("sealed").prefetch_related("contents").filter(id=report_id).first()
    return _read(found) if found else None


def report_just_sent(report_id: UUID, *, sent_by: Actor) -> OwnReport | None:
    """Return the report that this partner has just sent; the right to send includes its answer."""
    access.require(sent_by, access.SUBMIT)
    found = Report.objects.filter(partner=UUID(sent_by.key), id=report_id).defer("sealed")
    report = found.prefetch_related("contents").first()
    return _read(report) if report else None


def partners_of(content_id: UUID) -> list[tuple[UUID, UUID]]:
    """Return (partner, report) for the partners that reported a content; for what tells them."""
    found = Report.objects.filter(contents=content_id, partner__isnull=False)
    return [
        (partner, report_id)
        for partner, report_id in found.values_list("partner", "id")
        if partner is not None
    ]


def _own(actor: Actor) -> QuerySet[Report]:
    access.require(actor, access.FOLLOW_OWN)
    if actor.kind is not ActorKind.PARTNER:
        return Report.objects.none()
    return Report.objects.filter(partner=UUID(actor.key))


def _read(report: Report) -> OwnReport:
    contents = sorted(report.contents.all(), key=lambda one: (one.first_reported_at, one.id))
    return OwnReport(
        id=report.id,
        received_at=report.received_at,
        category=report.category,
        is_open=any(content.state in OPEN_STATES for content in contents),
        contents=tuple(_standing(content) for content in contents),
    )


def _standing(content: Content) -> ContentStanding:
    final = State(content.state) not in {State.WAITING, State.SECOND_LOOK}
    return ContentStanding(
        id=content.id,
        state=content.state,
        verdict=content.verdict if final else "",
        decided_at=content.decided_at,
        removed_at=content.removed_at,
    )
