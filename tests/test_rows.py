"""Rows written past the ORM hold what the ORM would have written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models

from balise.foundation import rows
from balise.foundation.actors import ActorKind
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal.models import Entry
from balise.hotline.reports.models import Content, Mention, Report

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


@pytest.mark.django_db
def test_many_rows_are_changed_and_found_again() -> None:
    wraps = [(uuid4(), "hotline", "line", f"key-{number}", bytes([number])) for number in range(3)]
    fields = ("record", "line", "kind", "key_id", "wrapped")
    assert rows.insert(KeyWrap, fields, wraps) == 3
    assert rows.insert(KeyWrap, fields, wraps[:2], unless_known=True) == 0
    kept = dict(KeyWrap.objects.values_list("record", "pk"))

    rows.update(KeyWrap, ("key_id",), [("new", kept[wraps[0][0]]), ("newer", kept[wraps[1][0]])])

    found = rows.select(KeyWrap, ("key_id", "record"), among=["new", "newer", "key-2", "none"])
    assert found == [("key-2", wraps[2][0]), ("new", wraps[0][0]), ("newer", wraps[1][0])]
