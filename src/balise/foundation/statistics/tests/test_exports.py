"""Tables leave once more as they left, where the difference would tell of few."""

from datetime import UTC, date, datetime

import pytest

from balise.foundation.statistics.measures import Table, settle
from balise.foundation.statistics.models import Exported

pytestmark = pytest.mark.django_db

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def made(total: int | None, hour: int = 8, *, by: str = "kind", **parts: int | None) -> Table:
    return Table(by, total, parts, counted_until=datetime(2026, 11, 2, hour, tzinfo=UTC))


def left(*tables: Table, subject: str = "garden") -> list[Table]:
    return settle(tables, subject=subject, first=OCTOBER[0], last=OCTOBER[1])


def test_a_table_leaves_as_it_is_and_is_kept_once() -> None:
    assert left(made(32, a=12, b=20)) == [made(32, a=12, b=20)]
    assert left(made(32, 9, a=12, b=20)) == [made(32, 9, a=12, b=20)]
    assert Exported.objects.get().parts == {"a": 12, "b": 20}


def test_what_changed_by_little_leaves_as_it_left() -> None:
    first = made(32, a=12, b=20)
    left(first)
    assert left(made(34, 9, a=12, b=22)) == [first]
    assert left(made(37, 9, a=12, b=25)) == [made(37, 9, a=12, b=25)]
    assert left(made(35, 10, a=12, b=23)) == [made(37, 9, a=12, b=25)]
    assert Exported.objects.count() == 2


def test_by_a_code_that_never_left_it_then_tells_no_number() -> None:
    left(made(32, a=12, b=20))
    assert left(made(34, 9, by="way", x=34)) == [made(None, 9, by="way", x=None)]
    assert left(made(32, 9, by="way", x=32)) == [made(32, 9, by="way", x=32)]


def test_what_tells_no_number_is_not_kept() -> None:
    left(made(None, a=None))
    assert not Exported.objects.exists()


def test_each_subject_is_on_its_own() -> None:
    left(made(32, a=12, b=20))
    assert left(made(34, a=12, b=22), subject="orchard") == [made(34, a=12, b=22)]
