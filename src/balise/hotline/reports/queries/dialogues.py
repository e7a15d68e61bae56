"""Who had the last word of a report's dialogue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, Subquery, UUIDField

from balise.foundation.accounts.queries import has_members, partner_names
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.hotline.reports import access
from balise.hotline.reports.models import Mention, Message, Report
from balise.hotline.reports.rules.categories import Category, category
from balise.hotline.reports.rules.words import Author, Channel, ToRead


@dataclass(frozen=True, slots=True)
class PartnersReport:
    """A partner's report, its first content, and when its dialogue was last written in."""

    id: UUID
    partner: UUID
    category: str
    content: UUID | None
    written_at: datetime | None


def partners_report(report_id: UUID) -> PartnersReport:
    """Return a partner's report. Raises NotHere for a report of no partner."""
    for found in _of_partners(Q(id=report_id)):
        return found
    raise NotHere


def asked_by_partners(*, most: int) -> list[PartnersReport]:
    """Return the reports whose partner had the last word, the longest ago first."""
    return _of_partners(last_word(Author.REPORTER), most=most)


def _of_partners(which: Q | Exists, *, most: int = 1) -> list[PartnersReport]:
    first = Mention.objects.filter(report=OuterRef("id")).order_by("id").values("content")[:1]
    found = (
        Report.objects.filter(which, partner__isnull=False)
        .annotate(first=Subquery(first, UUIDField()), written_at=Max("messages__at"))
        .order_by("written_at")
        .values_list("id", "partner", "category", "first", "written_at")
    )
    return [
        PartnersReport(report_id, partner, *rest)
        for report_id, partner, *rest in found[:most]
        if partner
    ]


def last_word(author: Author) -> Exists:
    """Return the condition that the last message about a report is this author's."""
    messages = Message.objects.filter(report=OuterRef("id"))
    later = Message.objects.filter(report=OuterRef("report"), at__gt=OuterRef("at"))
    return Exists(messages.filter(~Exists(later), author=author))


# What reporters wrote and someone has to read, without a word of it.


SHOWN = 200


@dataclass(frozen=True, slots=True)
class Words:
    """A report whose author's words wait, or waited; `partner` is empty for an individual.

    `has_message`: the last word of the dialogue is theirs.
    """

    report: UUID
    why: ToRead
    has_message: bool
    category: Category
    channel: Channel
    partner: str
    received_at: datetime
    since: datetime
    may_answer: bool
    is_with_helpline: bool

    @property
    def number(self) -> str:
        """The short number that people use for it."""
        return self.report.hex[:8].upper()


def waiting_words(*, seen_by: Actor) -> Sequence[Words]:
    """Return what waits to be read, danger first, then the longest waiting; SHOWN at most."""
    access.require(seen_by, access.ANSWER)
    found = Report.objects.filter(to_read__gt=ToRead.NOTHING)
    in_order = found.order_by("-to_read", "received_at", "id")
    return _told(in_order.values_list("id", flat=True)[:SHOWN])


def words_to_read(seen_by: Actor) -> int:
    """Return how many reports wait to be read."""
    access.require(seen_by, access.ANSWER)
    return Report.objects.filter(to_read__gt=ToRead.NOTHING).count()


def dangers_to_read(seen_by: Actor) -> int:
    """Return how many of them say that someone may be in danger."""
    access.require(seen_by, access.ANSWER)
    return Report.objects.filter(to_read=ToRead.DANGER).count()


def words_of(*, report_id: UUID, seen_by: Actor) -> Words:
    """Return one report as the list shows it, waiting or not. Raises NotHere."""
    access.require(seen_by, access.ANSWER)
    found = _told([report_id])
    if not found:
        raise NotHere
    return found[0]


def _told(report_ids: Iterable[UUID]) -> list[Words]:
    """Return reports by their ids, in the order of these."""
    ids = list(report_ids)
    found = Report.objects.filter(id__in=ids).defer("sealed")
    reports = found.annotate(
        has_message=last_word(Author.REPORTER), written_at=Max("messages__at")
    ).in_bulk()
    names = partner_names() if any(report.partner for report in reports.values()) else {}
    partners = {report.partner for report in reports.values() if report.partner}
    at_desk = frozenset(filter(has_members, partners))
    return [_words(reports[one], names, at_desk) for one in ids if one in reports]


def _words(report: Report, names: Mapping[str, str], at_desk: frozenset[UUID]) -> Words:
    has_message: bool = getattr(report, "has_message", False)
    written_at: datetime | None = getattr(report, "written_at", None)
    return Words(
        report=report.id,
        why=ToRead(report.to_read),
        has_message=has_message,
        category=category(report.category, country=settings.COUNTRY),
        channel=Channel(report.channel),
        partner=names.get(str(report.partner), "–") if report.partner else "",
        received_at=report.received_at,
        since=written_at if has_message and written_at else report.received_at,
        may_answer=report.follow_up or report.partner in at_desk,
        is_with_helpline=report.passed_to_helpline_at is not None,
    )
