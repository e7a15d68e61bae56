"""Briefings: what a draft would say now, what an edition says for good, who receives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from balise.awareness.partnership.partners.queries.register import names
from balise.awareness.partnership.trends import access
from balise.awareness.partnership.trends.models import Briefing, Reader
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.mail import subscribers


@dataclass(frozen=True, slots=True)
class BriefingRead:
    """A briefing: `chosen` of a draft, `told` of an edition."""

    id: UUID
    language: str
    title: str
    intro: str
    chosen: Mapping[str, Sequence[str]]
    number: int | None
    sent_at: datetime | None
    told: Mapping[str, Any] | None
    corrects: int | None
    corrected_by: Sequence[tuple[int, UUID]]


@dataclass(frozen=True, slots=True)
class ReaderRead:
    """Someone who receives briefings, as staff see them: never the address."""

    id: UUID
    organisation: str
    language: str
    asked_on: date
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Addressed:
    """Someone to write to."""

    id: UUID
    address: str
    language: str


def briefings(*, seen_by: Actor) -> Sequence[BriefingRead]:
    """Return drafts and editions, the last first."""
    access.require(seen_by, access.READ)
    return [_briefing(row) for row in _with_corrections()]


def briefing(briefing_id: UUID, *, seen_by: Actor) -> BriefingRead:
    """Return one briefing. Raises NotHere."""
    access.require(seen_by, access.READ)
    return _briefing(find(_with_corrections(), id=briefing_id))


def edition(briefing_id: UUID) -> BriefingRead:
    """Return an edition, for the bearer of its link. Raises NotHere for a draft."""
    return _briefing(find(_with_corrections().filter(sent_at__isnull=False), id=briefing_id))


def readers(*, seen_by: Actor) -> Sequence[ReaderRead]:
    """Return who asked for briefings, by their organisation."""
    access.require(seen_by, access.READ)
    rows = list(Reader.objects.order_by("asked_at"))
    of = names([row.organisation for row in rows])
    return [
        ReaderRead(
            row.id,
            of.get(row.organisation, ""),
            row.language,
            clock.day_of(row.asked_at),
            row.confirmed_at is not None,
        )
        for row in rows
    ]


def to_confirm(reader_id: UUID) -> Addressed | None:
    """Return whom to ask whether they want briefings; None who answered, or has left."""
    one = subscribers.to_confirm(Reader, reader_id)
    return _addressed(one) if one else None


def to_tell(number: int) -> Sequence[UUID]:
    """Return who is to receive an edition."""
    return list(Reader.confirmed(told__lt=number).values_list("id", flat=True))


def to_write(reader_id: UUID, *, number: int) -> Addressed | None:
    """Return whom to send an edition; None who has left, or has received it."""
    one = subscribers.to_write(Reader, reader_id, number=number)
    return _addressed(one) if one else None


def edition_of(number: int) -> BriefingRead:
    """Return an edition by its number, for the worker that mails it."""
    return _briefing(_with_corrections().get(number=number))


def _with_corrections() -> QuerySet[Briefing]:
    return Briefing.objects.select_related("corrects").prefetch_related("corrections")


def _briefing(row: Briefing) -> BriefingRead:
    return BriefingRead(
        row.id,
        row.language,
        row.title,
        row.intro,
        row.chosen,
        row.number,
        row.sent_at,
        row.told,
        row.corrects.number if row.corrects else None,
        [(each.number, each.id) for each in row.corrections.all() if each.number is not None],
    )


def _addressed(one: Reader) -> Addressed:
    return Addressed(one.id, one.address, one.language)
