"""An orchard with hives: events, measures, and an archive of its own, for tests of the archive."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db import transaction
from hypothesis import strategies

from balise.foundation.actors import ANYONE
from balise.foundation.journal.book import record_past
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics import counting, measures
from balise.foundation.statistics.measures import Measure

ALWAYS = date(2100, 1, 1)


class HiveOpened(Event):
    name = "orchard.hive.opened"

    kind: Code | None
    calm: bool | None
    opened_on: date | None
    frames: int | None
    signs: tuple[Code, ...]
    size: int


class HiveClosed(Event):
    name = "orchard.hive.closed"

    kind: Code | None


MEASURES = (
    Measure("orchard.opened", counts=HiveOpened),
    Measure("orchard.by-all", counts=HiveOpened, by=("signs", "kind", "calm", "size")),
    Measure(
        "orchard.late", counts=HiveOpened, by=("kind", "calm"), day="opened_on", amount="frames"
    ),
    Measure("orchard.calm", counts=HiveOpened, by=("kind",), only=(("calm", "yes"),)),
    Measure("orchard.unknown", counts=HiveOpened, day="opened_on", only=(("kind", ""),)),
    Measure("orchard.hours", counts=HiveOpened, by=("calm",), by_half_hour=True, amount="size"),
    Measure(
        "orchard.late-hours", counts=HiveOpened, day="opened_on", by_half_hour=True, by=("frames",)
    ),
    Measure("orchard.closed", counts=HiveClosed, by=("kind",), by_half_hour=True),
)

kinds = strategies.sampled_from((None, "bee", "a/b:c", "x_y.z-1", "2026-01-02", "12", "yes"))
days = strategies.dates(date(2025, 9, 20), date(2026, 4, 10))
moments = strategies.datetimes(
    datetime(2025, 10, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2026, 4, 5),  # noqa: DTZ001
    timezones=strategies.just(UTC),
) | strategies.sampled_from(
    [
        turned + timedelta(microseconds=by)
        for turned in (
            datetime(2025, 10, 26, 1, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2025, 12, 31, 23, tzinfo=UTC),
        )
        for by in (-1, 0, 1)
    ]
)
opened = strategies.builds(
    HiveOpened,
    subject=strategies.uuids(),
    kind=kinds.map(lambda kind: None if kind is None else Code(kind)),
    calm=strategies.none() | strategies.booleans(),
    opened_on=strategies.none() | days,
    frames=strategies.none() | strategies.integers(-3, 2**40),
    signs=strategies.lists(kinds.filter(bool).map(lambda kind: Code(kind or "")), max_size=2).map(
        tuple
    ),
    size=strategies.integers(0, 2),
)
closed = strategies.builds(
    HiveClosed, subject=strategies.uuids(), kind=kinds.map(lambda kind: kind and Code(kind))
)
facts = strategies.lists(strategies.tuples(opened | closed, moments), max_size=25)


@pytest.fixture(autouse=True)
def apiary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count hives, and nothing else, for the length of a test."""
    known = {measure.name: measure for measure in MEASURES}
    for module in ("measures", "counting", "queries", "coverage", "management.commands.statistics"):
        monkeypatch.setattr(f"balise.foundation.statistics.{module}.MEASURES", known)
    assert measures.MEASURES is known
    counting.connect()


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep files in a folder of the test's own."""
    house(monkeypatch, FileSystemStorage(location=tmp_path))
    return tmp_path


def house(monkeypatch: pytest.MonkeyPatch, storage: Storage) -> None:
    monkeypatch.setattr(default_storage, "_wrapped", storage)


def tell(*told: tuple[Event, datetime]) -> None:
    with transaction.atomic():
        record_past((event, ANYONE, at) for event, at in told)
    tick()


def hive(at: datetime, *, opened_on: date | None = None) -> tuple[Event, datetime]:
    told = HiveOpened(
        subject=uuid4(),
        kind=Code("bee"),
        calm=True,
        opened_on=opened_on or at.date(),
        frames=4,
        signs=(),
        size=1,
    )
    return told, at


def noon(month: int, day: int = 5) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)
