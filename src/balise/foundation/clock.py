"""The time, in one place: stored in UTC, counted in days of the centre's own zone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.db import connection
from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)
_MEASURED_EVERY = 60.0  # seconds


class _Database:
    """How far the database's clock is from this process's own, as it was measured last."""

    ahead = timedelta()
    measured = float("-inf")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _told.get() or timezone.now()


def of_database() -> datetime:
    """Return this moment by the clock that all processes share: what lapses is counted by it.

    The database's clock is asked (`measure`) once a minute; SQLite has that of its machine.
    """
    told = _told.get()
    return told or timezone.now() + _Database.ahead


def measure() -> None:
    """Ask the database for its time, once a minute at most: clocks of two machines differ."""
    began = time.monotonic()
    if connection.vendor != "postgresql" or began - _Database.measured < _MEASURED_EVERY:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    took = timedelta(seconds=time.monotonic() - began)
    _Database.ahead, _Database.measured = moment + took / 2 - timezone.now(), began


def zone() -> tzinfo:
    """Return the centre's zone, for days of many moments: `moment.astimezone(zone).date()`."""
    return timezone.get_current_timezone()


def day_of(moment: datetime) -> date:
    """Return the day that this moment belongs to in the centre's zone."""
    return timezone.localtime(moment).date()


def today() -> date:
    """Return today in the centre's zone."""
    return day_of(now())


def ago(span: timedelta) -> datetime:
    """Return a moment of some days ago, at this hour of the centre's zone if clocks changed or not.

    So that its day is as many days before today.
    """
    return (timezone.localtime(now()) - span).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the time, for a test or for the past of the demonstration centre."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
