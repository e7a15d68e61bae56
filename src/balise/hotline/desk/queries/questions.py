"""What partners wrote and wait to have answered, for the analysts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.hotline.desk import access
from balise.hotline.desk.queries.own import number_of
from balise.hotline.reports.queries.dialogues import asked_by_partners

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
