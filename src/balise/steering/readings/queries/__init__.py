"""What others count of us: each thing's last number on a day, and all of a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Quantity
from balise.steering.readings.models import Reading as Row
from balise.steering.readings.rules.judging import Series, Why, quantity_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A number of a thing on a day, or from `since` to a day, as it stood at a moment.

    `thing` is its code, `label` its name. With `why`, the series has a break there.
    """

    id: UUID
    thing: str
    label: str
    day: date
    quantity: Quantity
    since: date | None
    source: str
    method: Method
    why: Why | None
    recorded_at: datetime


def latest(series: str, on: date, *, known_by: datetime | None = None) -> tuple[Reading, ...]:
    """Return each thing's last reading on or before a day, as it was known at a moment.

    Of several spans that end on one day, the longest. Who asks has asked whether they may. A thing
    that was followed until an earlier day has none.
    """
    rows = _standing(series, known_by).filter(day__lte=on)
    rows = rows.filter(Q(followed__until=None) | Q(followed__until__gte=on))
    found: dict[str, Row] = {}
    for row in rows.order_by("followed__code", "-day", "since"):
        found.setdefault(row.followed.code, row)
    return _read(found.values())


def history(
    series: str, first: date, last: date, *, known_by: datetime | None = None
) -> tuple[Reading, ...]:
    """Return the readings that end in a period, oldest first, as known at a moment."""
    rows = _standing(series, known_by).filter(day__range=(first, last))
    return _read(rows.order_by("day", "followed__code", "since"))


def over(
    series: str, first: date, last: date, *, known_by: datetime | None = None
) -> tuple[Reading, ...]:
    """Return the readings whose days are exactly those of a period: nothing of them is added."""
    rows = _standing(series, known_by).filter(since=first, day=last)
    return _read(rows.order_by("followed__code"))


def _standing(series: str, known_by: datetime | None) -> "QuerySet[Row]":
    rows = Row.objects.filter(series=Series(series).value).select_related("followed")
    if known_by is None:
        return rows.filter(stands=True)
    known = rows.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=known_by), recorded_at__lte=known_by
    )
    return known.filter(Q(replaced_by=None) | Q(replaced_by__recorded_at__gt=known_by))


def _read(rows: Iterable[Row]) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            row.id,
            row.followed.code,
            row.followed.name,
            row.day,
            quantity_of(row.value, row.bound),
            row.since,
            row.source,
            row.came_by,
            row.falls,
            row.recorded_at,
        )
        for row in rows
    )
