"""The analysts' queue: what waits, in which order and why, without a word of what is sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from balise.foundation.accounts.queries import has_members, names_of
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind
from balise.foundation.finding import find
from balise.hotline.reports import access
from balise.hotline.reports.models import KEY_BYTES, LINE, Content, Mention, Report
from balise.hotline.reports.queries.known import of_standing
from balise.hotline.reports.queries.receipts import identity_key
from balise.hotline.reports.queries.reviews import for_next_look
from balise.hotline.reports.rules import ending, priority
from balise.hotline.reports.rules.assessing import CLAIM_LASTS
from balise.hotline.reports.rules.categories import Category, category
from balise.hotline.reports.rules.closing import stamp
from balise.hotline.reports.rules.joining import comes_back
from balise.hotline.reports.rules.places import on_the_web
from balise.hotline.reports.rules.words import (
    DECIDED_STATES,
    LOOKED_AT,
    REOPENED_FROM,
    ContentState,
    PlaceKind,
    ToRead,
    Verdict,
)
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

PAGE = 50
DANGEROUS = 5
FIRST_REPORTERS = 10
NEWEST_REPORTERS = 20
ORDER = ("-priority", "first_reported_at", "id")


@dataclass(frozen=True, slots=True)
class After:
    """Where the next page begins: the order's own key of the last row shown."""

    priority: int
    first_reported_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show of the queue; an empty filter shows all.

    Without a state, it is what waits for the reader: a first review, or a second one of what
    someone else assessed. `reference` is a short number (8 hexadecimal digits) of content or of a
    report about it, whatever its state. `of_host` is the code of a host or domain (`host_code`):
    its name is kept nowhere. `known` is what its fingerprints say: a code of `rules.known.Filter`.
    """

    state: ContentState | None = None
    category: str = ""
    older_than: timedelta | None = None
    of_host: str = ""
    mine_only: bool = False
    known: str = ""
    any_state: bool = False
    reference: str = ""


NO_FILTER = Filters()


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One content in the queue. Nothing here is disturbing: codes, numbers, moments.

    `is_opened`: the reader has taken it and opened it since.
    """

    id: UUID
    kind: PlaceKind
    category: Category
    state: ContentState
    verdict: Verdict | None
    priority: int
    points: dict[str, int]
    report_count: int
    first_reported_at: datetime
    country: str
    network: int | None
    claimed_by: str
    is_mine: bool
    offence: str
    decided_at: datetime | None
    reopened_at: datetime | None
    danger: bool
    minor: bool
    stamp: str
    is_opened: bool

    @property
    def points_in_all(self) -> int:
        """The sum of the points: its place within its band."""
        return priority.points_in_band(self.priority)

    @property
    def waits_since(self) -> datetime:
        return self.reopened_at or self.first_reported_at

    @property
    def may_reopen(self) -> bool:
        return self.state in REOPENED_FROM

    @property
    def comes_back(self) -> bool:
        return comes_back(self.state, self.verdict or "")

    @property
    def shows_some_reporters(self) -> bool:
        return self.report_count > FIRST_REPORTERS + NEWEST_REPORTERS

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED_STATES

    @property
    def is_looked_at(self) -> bool:
        return self.state in LOOKED_AT

    @property
    def is_removed(self) -> bool:
        return self.state is ContentState.REMOVED

    @property
    def is_given_up(self) -> bool:
        return ending.is_given_up(self.state, self.verdict or "")


@dataclass(frozen=True, slots=True)
class Reporter:
    """One report about a content, without a word of it: whom one may answer or refer.

    `to_read` says why someone has to read it.
    """

    report: UUID
    received_at: datetime
    may_answer: bool
    is_with_helpline: bool
    to_read: ToRead
    danger: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the queue; `after` is None on the last one."""

    rows: tuple[ContentRow, ...]
    after: After | None


def queue(*, filters: Filters, after: After | None, seen_by: Actor) -> Page:
    """Return PAGE contents in the order in which to look at them, from `after` on."""
    access.require(seen_by, access.READ)
    moment = now()
    chosen = _narrowed(filters, after, seen_by, moment)
    if filters.reference:
        page = _first(chosen.filter(_numbered(filters.reference)))
    elif filters.any_state:
        page = _first(chosen)
    elif filters.state is None:
        page = _first(chosen.filter(state=ContentState.WAITING)).union(
            _first(for_next_look(chosen, by=seen_by)), all=True
        )
    else:
        page = _first(chosen.filter(state=filters.state))
    found = Content.objects.filter(id__in=page).defer("sealed").order_by(*ORDER)
    contents = list(found[: PAGE + 1])
    rows = tuple(row_of(content, seen_by, moment) for content in contents[:PAGE])
    last = rows[-1] if len(contents) > PAGE else None
    return Page(rows, After(last.priority, last.first_reported_at, last.id) if last else None)


def by_address(text: str, *, seen_by: Actor) -> ContentRow | None:
    """Return the content at exactly this address, however it is written; None where none is."""
    access.require(seen_by, access.READ)
    try:
        address = read_address(text)
    except AddressRefused:
        return None
    identity = on_the_web(address, text=text).identity
    found = Content.objects.defer("sealed").filter(identity_key=identity_key(identity)).first()
    return row_of(found, seen_by, now()) if found else None


def count_of_host(host: str, *, seen_by: Actor) -> int:
    """Return how many contents of any state are of a host or domain."""
    access.require(seen_by, access.READ)
    code = host_code(host)
    return Content.objects.filter(_of_host(code)).count() if code else 0


def host_code(host: str) -> str:
    """Return the code of a host or domain in addresses of pages and in sessions: no name in it.

    It is the hexadecimal of two blind indexes (64 characters), as equal as these; "" for no host.
    """
    named = host.strip().casefold()
    return (
        f"{blind(LINE, 'host', named).hex()}{blind(LINE, 'domain', named).hex()}" if named else ""
    )


def matching(filters: Filters, *, at: datetime) -> Q:
    """Return the condition that filters set at a moment, but for the state and who has it."""
    wanted = Q()
    if filters.category:
        wanted &= Q(category=filters.category)
    if filters.older_than:
        since = at - filters.older_than
        wanted &= Q(reopened_at__isnull=True) | Q(reopened_at__lt=since)
        wanted &= Q(first_reported_at__lt=since)
    if filters.of_host:
        wanted &= _of_host(filters.of_host)
    if filters.known:
        wanted &= of_standing(filters.known)
    return wanted


def _narrowed(
    filters: Filters, after: After | None, seen_by: Actor, moment: datetime
) -> QuerySet[Content]:
    """Return the content of any state that matches the filters, from `after` on."""
    found = Content.objects.filter(matching(filters, at=moment))
    if filters.mine_only:
        # Repeats what the index of claims leaves out: SQLite uses a partial index only then.
        mine = Content.objects.filter(claimed_by=seen_by.key).exclude(claimed_by="")
        found = found.filter(id__in=mine.values("id"))
    if after:
        found = found.filter(
            Q(priority__lt=after.priority)
            | Q(priority=after.priority, first_reported_at__gt=after.first_reported_at)
            | Q(
                priority=after.priority,
                first_reported_at=after.first_reported_at,
                id__gt=after.id,
            )
        )
    return found


def _numbered(reference: str) -> Q:
    """Return the condition for content with a short number, or with a report that has it."""
    among = (UUID(hex=reference.ljust(32, "0")), UUID(hex=reference.ljust(32, "f")))
    of_reports = Mention.objects.filter(report__gte=among[0], report__lte=among[1]).values(
        "content"
    )
    return Q(id__range=among) | Q(id__in=of_reports)


def _first(found: QuerySet[Content]) -> QuerySet[Content, Any]:
    """Return the ids of a page of one state: read from the queue's index alone, however much waits.

    The index has the order of one state, not of two. It is asked through the contents once more
    because SQLite takes no limit inside a union.
    """
    page = found.order_by(*ORDER).values("id")[: PAGE + 1]
    return Content.objects.filter(id__in=page).values("id")


def _of_host(code: str) -> Q:
    """Return the condition for contents of a host or domain, as each database is quick with it."""
    keys = bytes.fromhex(code)
    of_host, of_domain = Q(host_key=keys[:KEY_BYTES]), Q(domain_key=keys[KEY_BYTES:])
    if connection.vendor == "postgresql":
        return of_host | of_domain
    # SQLite would read the queue row by row; this way it reads the ids of both from their indexes.
    return Q(id__in=Content.objects.filter(of_host).values("id")) | Q(
        id__in=Content.objects.filter(of_domain).values("id")
    )


def content(*, content_id: UUID, seen_by: Actor) -> ContentRow:
    """Return one content as the queue shows it. Raises NotHere."""
    access.require(seen_by, access.READ)
    return row_of(find(Content.objects.defer("sealed"), id=content_id), seen_by, now())


def name_of(key: str) -> str:
    """Return the name of the colleague behind an actor's key; a dash where nobody is known."""
    return names_of({key}).get(key) or "–"


def contents_of(*, report_id: UUID, seen_by: Actor) -> list[ContentRow]:
    """Return the content of a report, as the queue shows it."""
    access.require(seen_by, access.READ)
    found = Content.objects.filter(mentions__report=report_id).defer("sealed")
    moment = now()
    return [row_of(content, seen_by, moment) for content in found.order_by("mentions__id")]


def reporters(*, content_id: UUID, seen_by: Actor) -> list[Reporter]:
    """Return who reported a content: danger first, then the first ones and who did lately.

    Nothing sealed is opened.
    """
    access.require(seen_by, access.READ)
    found = first_and_newest(Report.objects.filter(contents=content_id).defer("sealed"))
    partners = {report.partner for report in found if report.partner and not report.follow_up}
    at_desk = {partner for partner in partners if has_members(partner)}
    return [
        Reporter(
            report=report.id,
            received_at=report.received_at,
            may_answer=report.follow_up or report.partner in at_desk,
            is_with_helpline=report.passed_to_helpline_at is not None,
            to_read=ToRead(report.to_read),
            danger=report.danger,
        )
        for report in found
    ]


def followers(*, content_id: UUID, seen_by: Actor) -> int:
    """Return how many reports have someone who can read the outcome: with a code, or a partner."""
    access.require(seen_by, access.READ)
    found = Report.objects.filter(contents=content_id).exclude(follow_up=False, partner=None)
    return found.count()


def first_and_newest(reports: QuerySet[Report]) -> list[Report]:
    """Return some reports: DANGEROUS of those that say danger, the newest first, then
    FIRST_REPORTERS and NEWEST_REPORTERS of the others, the oldest first.
    """
    dangerous = list(reports.filter(danger=True).order_by("-received_at", "-id")[:DANGEROUS])
    others = reports.exclude(id__in=[report.id for report in dangerous]) if dangerous else reports
    first = list(others.order_by("received_at", "id")[:FIRST_REPORTERS])
    if len(first) < FIRST_REPORTERS:
        return dangerous + first
    newest = list(others.order_by("-received_at", "-id")[:NEWEST_REPORTERS])
    seen = {report.id for report in first}
    found = dangerous + first
    return found + [report for report in reversed(newest) if report.id not in seen]


def stamp_of(content: Content) -> str:
    """Return the stamp of what a page shows of a content: another as soon as that changes."""
    return stamp(
        content.state,
        content.category,
        (content.danger, content.concerned, content.minor),
        content.report_count,
        (content.changed_at, content.reopened_at),
    )


def row_of(content: Content, seen_by: Actor, moment: datetime) -> ContentRow:
    """Return a content as the queue shows it to someone at a moment."""
    kind_of_content = category(content.category, country=settings.COUNTRY)
    held = bool(content.claimed_at and content.claimed_at >= moment - CLAIM_LASTS)
    return ContentRow(
        id=content.id,
        kind=PlaceKind(content.kind),
        category=kind_of_content,
        state=ContentState(content.state),
        verdict=Verdict(content.verdict) if content.verdict else None,
        priority=content.priority,
        points=priority.points(
            kind_of_content.points,
            concerned=content.concerned,
            minor=content.minor,
            reports=content.report_count,
            waited=content.waited_points,
        ),
        report_count=content.report_count,
        first_reported_at=content.first_reported_at,
        country=content.country,
        network=content.network,
        claimed_by=content.claimed_by if held else "",
        is_mine=held and content.claimed_by == seen_by.key,
        offence=content.offence,
        decided_at=content.decided_at,
        reopened_at=content.reopened_at,
        danger=content.danger,
        minor=content.minor,
        stamp=stamp_of(content),
        is_opened=content.claimed_by == seen_by.key and content.opened_at is not None,
    )
