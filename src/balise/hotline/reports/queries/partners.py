"""What a partner may read: the reports it sent itself, and the state of their content.

The partner portal has asked who may, and gives the partner.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import keys_of_line
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, REPORT_BODY, Content, Mention, Report
from balise.hotline.reports.queries.dialogues import last_word
from balise.hotline.reports.rules.completeness import Completeness
from balise.hotline.reports.rules.given import Note
from balise.hotline.reports.rules.words import (
    DECIDED_STATES,
    OPEN_STATES,
    Author,
    ContentState,
    states_told_as,
    told_outside,
)

PAGE = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT_BYTES = 8


class PageUnknown(ValueError):
    """No page begins here."""


@dataclass(frozen=True, slots=True)
class ContentStanding:
    """The state of one content of a report, without a word of what it is."""

    id: UUID
    state: str
    verdict: str
    decided_at: datetime | None
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report of this partner; its contents in the order in which it named them."""

    id: UUID
    received_at: datetime
    category: str
    is_open: bool
    contents: tuple[ContentStanding, ...]


@dataclass(frozen=True, slots=True)
class SentReport(OwnReport):
    """A report that was just sent, the content that each of its places is, and what it lacks."""

    places: tuple[UUID, ...]
    completeness: int
    missing: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class AskingReport(OwnReport):
    """A report of this partner, and whether the hotline waits for its answer."""

    asks: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A partner's report, and when the last of its verdicts fell; None while one is missing."""

    id: UUID
    partner: UUID
    category: str
    received_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of a partner's reports; empty fields do not narrow.

    `among`: a content is in one of these states; `never`: none is in one of these.
    """

    id: UUID | None = None
    category: str = ""
    since: datetime | None = None
    before: datetime | None = None
    among: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class OwnReports:
    """A page of a partner's reports, the newest first; `after` begins the next one."""

    reports: tuple[OwnReport, ...]
    after: str | None


def own_reports(
    *, seen_by: Actor, after: str = "", since: datetime | None = None, state: str = ""
) -> OwnReports:
    """Return at most PAGE of this partner's reports, the newest first, from `after` on.

    `state` keeps those with a content in it. Refuses (PageUnknown) an `after` of no page.
    """
    found = _own(seen_by)
    if since is not None:
        # A database knows fewer displacements of zones than RFC 3339: it is asked in UTC.
        found = found.filter(received_at__gte=since.astimezone(UTC))
    if state:
        mentioned = Mention.objects.filter(
            report=OuterRef("id"), content__state__in=states_told_as(state)
        )
        found = found.filter(Exists(mentioned))
    if after:
        received_at, report_id = _read_place(after)
        found = found.filter(
            Q(received_at__lt=received_at) | Q(received_at=received_at, id__gt=report_id)
        )
    page = list(found.order_by("-received_at", "id")[: PAGE + 1])
    reports = tuple(map(_read, page[:PAGE]))
    return OwnReports(reports, _place(reports[-1]) if len(page) > PAGE else None)


def own_report(report_id: UUID, *, seen_by: Actor) -> OwnReport | None:
    """Return one report of this partner; None for any other, known or not."""
    found = _own(seen_by).filter(id=report_id).first()
    return _read(found) if found else None


def report_just_sent(
    report_id: UUID,
    *,
    identities: Sequence[bytes],
    lacks: Completeness,
    notes: tuple[Note, ...],
    sent_by: Actor,
) -> SentReport:
    """Return the report that this partner has just sent; the right to send includes its answer."""
    partner = access.require_partner(sent_by, access.SUBMIT)
    report = _whole(Report.objects.filter(partner=partner)).get(id=report_id)
    ids = {
        bytes(mention.content.identity_key): mention.content.id for mention in report.mentions.all()
    }
    places = tuple(ids[identity] for identity in identities if identity in ids)
    return SentReport(
        **_told(report),
        places=places,
        completeness=lacks.score,
        missing=tuple(element.value for element in lacks.missing),
        notes=notes,
    )


def count_of(partner: UUID, which: Which) -> int:
    """Return how many of a partner's reports these are."""
    return _narrowed(partner, which).count()


def reports_of(partner: UUID, which: Which, *, first: int = 0, most: int = 1) -> list[AskingReport]:
    """Return these reports of a partner, the newest first, from the place `first` on."""
    found = _narrowed(partner, which).annotate(asks=last_word(Author.HOTLINE))
    rows = _whole(found).order_by("-received_at", "id")[first : first + most]
    return [AskingReport(**_told(report), asks=report.asks) for report in rows]


def references_of(report_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the partner's own reference of each report; none for one that was erased."""
    keys = keys_of_line(LINE, list(report_ids))
    found = Report.objects.filter(id__in=keys).values_list("id", "sealed")
    opened = {one: keys[one].open(sealed, where=REPORT_BODY, row=one) for one, sealed in found}
    return {one: str(fields.get("reference", "")) for one, fields in opened.items()}


def judged(report_ids: Sequence[UUID]) -> list[Judged]:
    """Return those of these reports that are a partner's, with when the last verdict fell."""
    found = Report.objects.filter(id__in=report_ids, partner__isnull=False).annotate(
        missing=Count("contents", filter=Q(contents__decided_at=None)),
        decided=Max("contents__decided_at"),
    )
    return [
        Judged(report_id, partner, category, received_at, None if missing else decided)
        for report_id, partner, category, received_at, decided, missing in found.values_list(
            "id", "partner", "category", "received_at", "decided", "missing"
        )
        if partner
    ]


def not_settled(report_ids: Iterable[UUID]) -> set[UUID]:
    """Return the reports, of those given, that have a content on which something is to be done."""
    is_open = Content.objects.filter(state__in=OPEN_STATES)
    found = Report.objects.filter(id__in=report_ids, contents__in=is_open)
    return set(found.values_list("id", flat=True))


def partners_of(content_id: UUID) -> list[tuple[UUID, UUID]]:
    """Return (partner, report) for the partners that reported a content; for what tells them."""
    found = Report.objects.filter(contents=content_id, partner__isnull=False)
    return [
        (partner, report_id)
        for partner, report_id in found.values_list("partner", "id")
        if partner is not None
    ]


def reports_about(content_ids: Sequence[UUID]) -> list[UUID]:
    """Return the partners' reports about some of these contents, each once."""
    found = Report.objects.filter(contents__in=content_ids, partner__isnull=False)
    return list(found.values_list("id", flat=True).distinct())


def _own(actor: Actor) -> QuerySet[Report]:
    access.require(actor, access.FOLLOW_OWN)
    partner = access.partner_of(actor)
    if partner is None:
        return Report.objects.none()
    return _whole(Report.objects.filter(partner=partner))


def _narrowed(partner: UUID, which: Which) -> QuerySet[Report]:
    found = Report.objects.filter(partner=partner)
    if which.id:
        found = found.filter(id=which.id)
    if which.category:
        found = found.filter(category=which.category)
    if which.since:
        found = found.filter(received_at__gte=which.since)
    if which.before:
        found = found.filter(received_at__lt=which.before)
    mentions = Mention.objects.filter(report=OuterRef("id"))
    if which.among:
        found = found.filter(Exists(mentions.filter(content__state__in=which.among)))
    if which.never:
        found = found.exclude(Exists(mentions.filter(content__state__in=which.never)))
    return found.filter(last_word(Author.HOTLINE)) if which.asks else found


def _whole[R: Report](reports: QuerySet[R]) -> QuerySet[R]:
    mentions = Mention.objects.order_by("id").select_related("content").defer("content__sealed")
    return reports.defer("sealed").prefetch_related(Prefetch("mentions", mentions))


def _read(report: Report) -> OwnReport:
    return OwnReport(**_told(report))


def _told(report: Report) -> dict[str, Any]:
    contents = [mention.content for mention in report.mentions.all()]
    return {
        "id": report.id,
        "received_at": report.received_at,
        "category": report.category,
        "is_open": any(content.state in OPEN_STATES for content in contents),
        "contents": tuple(_standing(content) for content in contents),
    }


def _standing(content: Content) -> ContentStanding:
    state = told_outside(ContentState(content.state))
    final = state in DECIDED_STATES
    return ContentStanding(
        id=content.id,
        state=state.value,
        verdict=content.verdict if final else "",
        decided_at=content.decided_at,
        removed_at=content.removed_at,
    )


def _place(report: OwnReport) -> str:
    """Return where a page ends: the order's own key, so that no row has to be there any more."""
    since = (report.received_at - _EPOCH) // timedelta(microseconds=1)
    return urlsafe_b64encode(since.to_bytes(_MOMENT_BYTES) + report.id.bytes).decode()


def _read_place(text: str) -> tuple[datetime, UUID]:
    try:
        key = urlsafe_b64decode(text.encode())
        since = timedelta(microseconds=int.from_bytes(key[:_MOMENT_BYTES]))
        return _EPOCH + since, UUID(bytes=key[_MOMENT_BYTES:])
    except (ValueError, OverflowError, binascii.Error):
        raise PageUnknown from None
