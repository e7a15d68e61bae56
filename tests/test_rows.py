"""Rows written past the ORM hold what the ORM would have written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction

from balise.foundation import rows
from balise.foundation.actors import ActorKind
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.hotline.reports.models import Content, Mention, Report

pytestmark = pytest.mark.sqlite

MOMENT = datetime(2026, 11, 24, 23, 30, 0, 123456, tzinfo=UTC)
VALUES: dict[str, list[Any]] = {
    "UUIDField": [uuid4()],
    "DateTimeField": [
        MOMENT,
        MOMENT.replace(microsecond=0),
        MOMENT.astimezone(timezone(timedelta(hours=-5))),
    ],
    "CharField": ["words", "", ActorKind.SYSTEM],
    "TextField": ["words\n"],
}


@pytest.mark.parametrize("model", [Content, Report, Mention, KeyWrap, Entry])
@pytest.mark.django_db
def test_values_are_converted_as_the_orm_converts_them(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        target = field.target_field if isinstance(field, models.ForeignKey) else field
        for value in [None, *VALUES.get(target.get_internal_type(), [])]:
            ((ours,),) = rows._converted(model, (field.name,), [(value,)])
            theirs = field.get_db_prep_save(value, connection)
            assert ours == theirs


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        rows._naive_utc(datetime(2026, 11, 24))  # noqa: DTZ001 - that is the point


WRAP = ("record", "line", "kind", "key_id", "wrapped")
type Wrap = tuple[object, ...]


def wraps_of(count: int) -> list[Wrap]:
    """Make rows with what is awkward in a statement: quotes, braces, commas, null, no byte."""
    words = ("it's", "{a,b}", 'a "b"\\', "", "NULL")
    return [
        (uuid4(), words[at % 5], "line", f"key-{at}", bytes(range(at % 256))) for at in range(count)
    ]


def kept() -> list[Wrap]:
    found = KeyWrap.objects.order_by("pk").values_list(*WRAP)
    return [(*row[:-1], bytes(row[-1])) for row in found]


# One, a few, the most of one statement, one more, and so many that PostgreSQL copies them.
@pytest.mark.parametrize("count", [0, 1, 2, 64, 65, 99, 100, 300])
@pytest.mark.django_db
def test_rows_arrive_whole_and_in_order_however_many(count: int) -> None:
    wraps = wraps_of(count)
    assert rows.insert(KeyWrap, WRAP, wraps) == count
    assert kept() == wraps


@pytest.mark.parametrize("count", [2, 70, 150])
@pytest.mark.django_db
def test_a_row_that_is_known_is_left_alone_where_it_is_asked(count: int) -> None:
    wraps = wraps_of(count)
    rows.insert(KeyWrap, WRAP, wraps[:1])
    assert rows.insert(KeyWrap, WRAP, wraps, unless_known=True) == count - 1
    assert kept() == wraps


@pytest.mark.parametrize("count", [2, 70, 150])
@pytest.mark.django_db
def test_a_row_that_is_known_is_an_error_otherwise_and_nothing_is_written(count: int) -> None:
    wraps = wraps_of(count)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(KeyWrap, WRAP, [*wraps, wraps[0]])
    assert kept() == []


@pytest.mark.parametrize(("count", "most"), [(3, 3), (300, 99), (300, 300)])
@pytest.mark.django_db
def test_what_leaves_in_one_message_arrives_or_fails_as_one(count: int, most: int) -> None:
    def together(*some: list[Wrap]) -> None:
        with transaction.atomic(), rows.in_one_message(most):
            for one in some:
                rows.insert(KeyWrap, WRAP, one)

    wraps = wraps_of(count)
    together(wraps[:1], wraps[1:])
    assert kept() == wraps
    with pytest.raises(IntegrityError):
        together(wraps_of(count), wraps[:1])
    assert kept() == wraps


@pytest.mark.django_db
def test_what_is_too_long_is_refused_not_cut() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no length")
    with pytest.raises(DataError), transaction.atomic():
        rows.insert(KeyWrap, WRAP, [(uuid4(), "a line longer than twenty", "line", "", b"")])
    rows.insert(KeyWrap, WRAP, wraps_of(1))
    with pytest.raises(DataError), transaction.atomic():
        rows.update(KeyWrap, ("kind",), [("longer than it", KeyWrap.objects.get().pk)])


@pytest.mark.django_db
def test_many_rows_are_changed_and_found_again() -> None:
    wraps = [(uuid4(), "hotline", "line", f"key-{number}", bytes([number])) for number in range(3)]
    assert rows.insert(KeyWrap, WRAP, wraps) == 3
    keys = dict(KeyWrap.objects.values_list("record", "pk"))

    rows.update(KeyWrap, ("key_id",), [("new", keys[wraps[0][0]]), ("newer", keys[wraps[1][0]])])

    found = rows.select(KeyWrap, ("key_id", "record"), among=["new", "newer", "key-2", "none"])
    assert found == [("key-2", wraps[2][0]), ("new", wraps[0][0]), ("newer", wraps[1][0])]
