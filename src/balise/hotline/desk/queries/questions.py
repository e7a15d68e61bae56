"""What partners wrote and wait to have answered, for the analysts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.hotline.desk import access
from balise.hotline.desk.queries.own import number_of
from balise.hotline.reports.models import Report
from balise.hotline.reports.queries.dialogues import last_word
from balise.hotline.reports.rules.words import Author

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A report whose partner had the last word."""

    report: UUID
    number: str
    partner: str
    asked_at: datetime
    content: UUID | None


def waiting(*, seen_by: Actor) -> Sequence[Question]:
    """Return what partners wait for, the longest first; nothing sealed is opened."""
    access.require(seen_by, access.ANSWER)
    names = partner_names()
    found = (
        Report.objects.filter(last_word(Author.REPORTER), partner__isnull=False)
        .annotate(asked_at=Max("messages__at"))
        .prefetch_related("mentions")
        .defer("sealed")
        .order_by("asked_at")[:SHOWN]
    )
    return [
        Question(
            report=report.id,
            number=number_of(report.id),
            partner=names.get(str(report.partner), "–"),
            asked_at=report.asked_at,
            content=next((each.content_id for each in report.mentions.all()), None),
        )
        for report in found
    ]
