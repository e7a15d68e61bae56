"""Emerging uses, policies and practices, exchange sheets, for staff of awareness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from balise.awareness.partnership.trends import access
from balise.awareness.partnership.trends.models import EmergingUse, Reference, Sheet
from balise.awareness.partnership.trends.rules import sheets
from balise.awareness.partnership.trends.rules.notebook import (
    NEXT,
    By,
    ReferenceKind,
    Source,
    UseState,
)
from balise.awareness.partnership.trends.rules.topics import bik_of, label_of
from balise.foundation.actors import Actor
from balise.foundation.countries import country_name
from balise.foundation.finding import find, there


@dataclass(frozen=True, slots=True)
class UseRead:
    """An emerging use as the notebook has it."""

    id: UUID
    title: str
    signal: str
    topic: str
    topic_label: str
    source: Source
    first_seen: date
    seen_by: By
    evidence: str
    state: UseState
    confirmed_on: date | None
    over_on: date | None
    has_sheet: bool

    @property
    def next(self) -> Sequence[UseState]:
        """Return what it may become."""
        return NEXT[self.state]


@dataclass(frozen=True, slots=True)
class ReferenceRead:
    """A policy or practice."""

    id: UUID
    kind: ReferenceKind
    day: date
    country: str
    title: str
    text: str
    topic_label: str
    address: str


def uses(*, seen_by: Actor, state: UseState | None = None) -> Sequence[UseRead]:
    """Return the emerging uses, the last seen first."""
    access.require(seen_by, access.READ)
    rows = EmergingUse.objects.select_related("sheet")
    return [_use(row) for row in (rows.filter(state=state.value) if state else rows)]


def use(use_id: UUID, *, seen_by: Actor) -> UseRead:
    """Return one emerging use. Raises NotHere."""
    access.require(seen_by, access.READ)
    return _use(find(EmergingUse.objects.select_related("sheet"), id=use_id))


def references(*, seen_by: Actor) -> Sequence[ReferenceRead]:
    """Return the policies and practices, the last first."""
    access.require(seen_by, access.READ)
    return [_reference(row) for row in Reference.objects.all()]


def written_sheet(use_id: UUID, *, seen_by: Actor) -> Sheet | None:
    """Return what was written for Insafe of a use, if anything."""
    access.require(seen_by, access.READ)
    return Sheet.objects.filter(use_id=use_id).first()


def sheet(use_id: UUID, *, seen_by: Actor) -> sheets.Sheet:
    """Return the exchange sheet of a use, as it leaves. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = there(Sheet.objects.select_related("use").filter(use_id=use_id).first())
    return sheets.Sheet(
        issue=row.issue,
        topic=row.topic,
        description=row.description,
        first_seen=row.use.first_seen.isoformat(),
        state=row.use.state,
        what_was_done=row.done,
        country=settings.COUNTRY.upper(),
        centre=settings.CENTRE.name.in_language("en"),
        contact=row.contact,
        date=row.written_on.isoformat(),
    )


def bik_topic(use: UseRead) -> str:
    """Return the word of Better Internet for Kids for a use's topic; empty where it has none."""
    return bik_of(settings.COUNTRY, use.topic)


def _use(row: EmergingUse) -> UseRead:
    return UseRead(
        row.id,
        row.title,
        row.signal,
        row.topic,
        label_of(settings.COUNTRY, row.topic),
        row.came_from,
        row.first_seen,
        row.seen_by_role,
        row.evidence,
        row.stands,
        row.confirmed_on,
        row.over_on,
        hasattr(row, "sheet"),
    )


def _reference(row: Reference) -> ReferenceRead:
    return ReferenceRead(
        row.id,
        row.of_kind,
        row.day,
        country_name(row.country),
        row.title,
        row.text,
        label_of(settings.COUNTRY, row.topic),
        row.address,
    )
