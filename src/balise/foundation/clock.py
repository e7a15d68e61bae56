"""The time, in one place: stored in UTC, counted in days of the centre's own zone."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """Return the day that this moment belongs to in the centre's zone."""
    return timezone.localtime(moment).date()


def today() -> date:
    """Return today in the centre's zone."""
    return timezone.localdate()
