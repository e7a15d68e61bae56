"""What a partner sent, by portal or API, and its state; nothing encrypted is opened here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import zone
from balise.hotline.desk import access
from balise.hotline.desk.models import Followed
from balise.hotline.desk.rules.words import Stage, stage_of, states_at
from balise.hotline.reports.models import Content, Mention, Report
from balise.hotline.reports.queries.dialogues import last_word
from balise.hotline.reports.rules.categories import Category, category
from balise.hotline.reports.rules.words import DECIDED_STATES, Author, State, Verdict

PAGE = 50
MOST_TAKEN = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show of a partner's reports; empty fields do not filter. Days are whole."""

    stage: Stage | None = None
    category: str = ""
    since: date | None = None
    until: date | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class OwnReport:
    """One report of the partner, in words for its people."""

    id: UUID
    received_at: datetime
    category: Category
    stage: Stage
    contents: int
    verdicts: tuple[str, ...]
    decided_at: datetime | None
    removed_at: datetime | None
    processed_at: datetime | None
    asks: bool

    @property
    def number(self) -> str:
        """The short number that people use for it."""
        return number_of(self.id)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of a partner's reports, the newest first."""

    reports: Sequence[OwnReport]
    count: int
    page: int
    pages: int


def number_of(report_id: UUID) -> str:
    """Return the short number of a report."""
    return report_id.hex[:8].upper()


def own_page(*, filters: Filters, page: int, seen_by: Actor) -> OwnPage:
    """Return a page of this partner's reports."""
    found = _narrowed(access.require_member(seen_by), filters)
    count = found.count()
    pages = max(1, -(-count // PAGE))
    at = min(max(page, 1), pages)
    rows = found.order_by("-received_at", "id")[(at - 1) * PAGE : at * PAGE]
    return OwnPage([_told(report) for report in _whole(rows)], count, at, pages)


def own_reports(*, filters: Filters, seen_by: Actor) -> list[OwnReport]:
    """Return all of this partner's reports that the filters leave, MOST_TAKEN at most."""
    found = _narrowed(access.require_member(seen_by), filters)
    return [_told(report) for report in _whole(found.order_by("-received_at", "id")[:MOST_TAKEN])]


def own_report(report_id: UUID, *, seen_by: Actor) -> OwnReport | None:
    """Return one report of this partner; None for any other, known or not."""
    partner = access.require_member(seen_by)
    found = _whole(Report.objects.filter(id=report_id, partner=partner)).first()
    return _told(found) if found else None


def asking_count(*, seen_by: Actor) -> int:
    """Return how many reports of this partner wait for its answer."""
    partner = access.require_member(seen_by)
    return _narrowed(partner, Filters(asks=True)).count()


def _narrowed(partner: UUID, filters: Filters) -> QuerySet[Report]:
    found = Report.objects.filter(partner=partner, is_finished=True)
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.since:
        found = found.filter(received_at__gte=_midnight(filters.since))
    if filters.until:
        found = found.filter(
            received_at__lt=_midnight(date.fromordinal(filters.until.toordinal() + 1))
        )
    if filters.stage:
        found = found.filter(_at(filters.stage))
    if filters.asks:
        found = found.filter(last_word(Author.HOTLINE))
    return found


def _at(stage: Stage) -> Q:
    """Return the condition that the least advanced content of a report is at this stage."""
    mentions = Mention.objects.filter(report=OuterRef("id"))
    here = mentions.filter(content__state__in=states_at(stage))
    before = states_at(stage) - _states_of(stage)
    condition = Q(Exists(here))
    if before:
        condition &= ~Q(Exists(mentions.filter(content__state__in=before)))
    return condition


def _states_of(stage: Stage) -> frozenset[str]:
    return frozenset(state.value for state in State if stage_of([state.value]) is stage)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone())


def _whole(reports: QuerySet[Report]) -> QuerySet[Report]:
    contents = Content.objects.defer("sealed")
    mentions = Mention.objects.order_by("id").prefetch_related(Prefetch("content", contents))
    return (
        reports.defer("sealed")
        .annotate(asks_partner=last_word(Author.HOTLINE))
        .select_related("followed_by_partner")
        .prefetch_related(Prefetch("mentions", mentions))
    )


def _told(report: Report) -> OwnReport:
    contents = [mention.content for mention in report.mentions.all()]
    stage = stage_of([content.state for content in contents])
    final = [one for one in contents if one.state in DECIDED_STATES]
    followed: Followed | None = getattr(report, "followed_by_partner", None)
    return OwnReport(
        id=report.id,
        received_at=report.received_at,
        category=category(report.category, country=settings.COUNTRY),
        stage=stage,
        contents=len(contents),
        verdicts=tuple(dict.fromkeys(str(Verdict(one.verdict).label) for one in final)),
        decided_at=_last(one.decided_at for one in final) if len(final) == len(contents) else None,
        removed_at=_last(one.removed_at for one in final) if stage is Stage.REMOVED else None,
        processed_at=followed.processed_at if followed else None,
        asks=bool(getattr(report, "asks_partner", False)),
    )


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
