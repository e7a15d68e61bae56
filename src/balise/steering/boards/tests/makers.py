"""Figures made the way the programme makes them: facts in the journal, counted by the clerk."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.exposures import TOTAL
from balise.foundation.statistics.protection import Exposure, Node
from balise.foundation.statistics.tests.makers import classify, keep_told
from balise.steering.boards import access
from balise.steering.boards.tests.boards import (
    BOARD,
    MEASURES,
    OTHER,
    SEEN,
    SEEN_N,
    GardenOpened,
    ThingSeen,
)
from balise.steering.indicators import access as indicators

READER = Actor(ActorKind.STAFF, "reader", frozenset({access.READ, indicators.READ}))
EXPORTER = Actor(
    ActorKind.STAFF, "exporter", frozenset({access.READ, access.EXPORT, indicators.READ})
)
OPENED = datetime(2015, 1, 1, 12, tzinfo=UTC)
# Moments, and how a page says the day before: a month begins on it, or on the day itself.
YESTERDAYS = (
    (datetime(2026, 11, 18, 9, tzinfo=UTC), "17 novembre"),
    (datetime(2026, 12, 1, 9, tzinfo=UTC), "30 novembre"),
    (datetime(2026, 12, 2, 9, tzinfo=UTC), "1er décembre"),
)
NOBODY = Actor(ActorKind.STAFF, "nobody", frozenset({"hotline.reports.read"}))


def see(kind: str = "a", *, on: date, times: int = 1, weight: int = 60, band: str = "1h") -> None:
    """Write down that things were seen; `count` counts them. The garden has long been open."""
    if not Entry.objects.filter(line="garden").exists():
        open_garden()
    event = ThingSeen(subject=uuid4(), kind=Code(kind), seen_on=on, weight=weight, band=Code(band))
    with transaction.atomic():
        record_many([event] * times, by=ANYONE)


def open_garden(*, at: datetime = OPENED) -> None:
    """Write the first fact of all: before it nothing counts."""
    with clock.at(at), transaction.atomic():
        record(GardenOpened(subject=uuid4()), by=ANYONE)


def count() -> None:
    """Let the clerk hand over what was written, so that it is counted."""
    while clerk.tick():
        pass


def protect_kinds(
    monkeypatch: pytest.MonkeyPatch,
    kinds: Exposure = Exposure.SENSITIVE,
    *,
    total: Exposure = Exposure.PUBLIC,
) -> None:
    """Let the kinds of what was seen be protected, or its number as well."""
    tells = {(SEEN.name, TOTAL): total, (SEEN.name, "kind"): kinds}
    classify(monkeypatch, MEASURES, tells, told_of=[SEEN_N], boards=[BOARD, OTHER])


def keep(node: Node, **kinds: int | None) -> None:
    """Write what was told of the kinds in a quarter."""
    keep_told(SEEN.name, "kind", node, **kinds)
