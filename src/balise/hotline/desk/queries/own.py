"""What a partner sent, by portal or API, and its state; nothing encrypted is opened here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.foundation.clock import zone
from balise.hotline.desk import access
from balise.hotline.desk.models import Followed
from balise.hotline.desk.rules.words import Stage, stage_of, states_at
from balise.hotline.reports.queries import partners
from balise.hotline.reports.queries.dialogues import asked_by_partners
from balise.hotline.reports.queries.partners import AskingReport, Which
from balise.hotline.reports.rules.categories import Category, category
from balise.hotline.reports.rules.words import ContentState, Verdict

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
    partner, which = access.require_member(seen_by), _which(filters)
    count = partners.count_of(partner, which)
    pages = max(1, -(-count // PAGE))
    at = min(max(page, 1), pages)
    return OwnPage(_own(partner, which, (at - 1) * PAGE, PAGE), count, at, pages)


def own_reports(*, filters: Filters, seen_by: Actor) -> list[OwnReport]:
    """Return all of this partner's reports that the filters leave, MOST_TAKEN at most."""
    return _own(access.require_member(seen_by), _which(filters), 0, MOST_TAKEN)


def own_report(report_id: UUID, *, seen_by: Actor) -> OwnReport | None:
    """Return one report of this partner; None for any other, known or not."""
    return next(iter(_own(access.require_member(seen_by), Which(id=report_id))), None)


def asking_count(*, seen_by: Actor) -> int:
    """Return how many reports of this partner wait for its answer."""
    return partners.count_of(access.require_member(seen_by), Which(asks=True))


def _which(filters: Filters) -> Which:
    """Return the filters as reports know them; a report is at the stage of its last content."""
    stage, until = filters.stage, filters.until
    at = states_at(stage) if stage else frozenset()
    return Which(
        category=filters.category,
        since=_midnight(filters.since) if filters.since else None,
        before=_midnight(until + timedelta(days=1)) if until else None,
        among=at,
        never=at - _states_of(stage) if stage else at,
        asks=filters.asks,
    )


def _states_of(stage: Stage) -> frozenset[str]:
    return frozenset(state.value for state in ContentState if stage_of([state.value]) is stage)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone())


def _own(partner: UUID, which: Which, first: int = 0, most: int = 1) -> list[OwnReport]:
    found = partners.reports_of(partner, which, first=first, most=most)
    followed = Followed.objects.filter(report__in=[one.id for one in found])
    processed = dict(followed.values_list("report", "processed_at"))
    return [_told(report, processed.get(report.id)) for report in found]


def _told(report: AskingReport, processed_at: datetime | None) -> OwnReport:
    contents = report.contents
    stage = stage_of([content.state for content in contents])
    final = [one for one in contents if one.verdict]
    return OwnReport(
        id=report.id,
        received_at=report.received_at,
        category=category(report.category, country=settings.COUNTRY),
        stage=stage,
        contents=len(contents),
        verdicts=tuple(dict.fromkeys(str(Verdict(one.verdict).label) for one in final)),
        decided_at=_last(one.decided_at for one in final) if len(final) == len(contents) else None,
        removed_at=_last(one.removed_at for one in final) if stage is Stage.REMOVED else None,
        processed_at=processed_at,
        asks=report.asks,
    )


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


# What partners wrote and wait to have answered, for the analysts.


SHOWN = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A report whose partner had the last word."""

    report: UUID
    number: str
    partner: str
    asked_at: datetime | None
    content: UUID | None


def waiting_count(seen_by: Actor) -> int:
    """Return how many reports have a partner that waits for an answer, SHOWN at most."""
    access.require(seen_by, access.ANSWER)
    return len(asked_by_partners(most=SHOWN))


def waiting(*, seen_by: Actor) -> Sequence[Question]:
    """Return what partners wait for, the longest first; nothing sealed is opened."""
    access.require(seen_by, access.ANSWER)
    names = partner_names()
    return [
        Question(
            report=one.id,
            number=number_of(one.id),
            partner=names.get(str(one.partner), "–"),
            asked_at=one.written_at,
            content=one.content,
        )
        for one in asked_by_partners(most=SHOWN)
    ]
