"""Who had the last word of a report's dialogue."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, Subquery, UUIDField

from balise.foundation.finding import NotHere
from balise.hotline.reports.models import Mention, Message, Report
from balise.hotline.reports.rules.words import Author


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
