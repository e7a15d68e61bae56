"""Moments that another program told, read once for all doors; a day in words. Pure."""

from datetime import UTC, date, datetime, tzinfo
from typing import Final

from django.utils import formats
from django.utils.translation import pgettext

# Each of these is a moment in every zone; the first and the last year are not.
_YEARS: Final = range(2, 9_999)


def read(text: object, *, zone: tzinfo | None = None) -> datetime:
    """Return a moment in UTC, from ISO 8601; one that tells no zone is in that given.

    Raises ValueError for what is none, for one without a zone where none is given, and for a year
    in which some zone has no calendar: `0001-01-01T00:00+14:00` is a day before the first.
    """
    if not isinstance(text, str):
        raise ValueError("a moment is a text")  # noqa: TRY004 - whoever reads a file catches one
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        if zone is None:
            raise ValueError("a moment has its zone")
        moment = moment.replace(tzinfo=zone)
    return bounded(moment)


def bounded(moment: datetime) -> datetime:
    """Return an aware moment in UTC. Raises ValueError for a year without a calendar somewhere."""
    if moment.year not in _YEARS:
        raise ValueError("a year that some zone does not have")
    return moment.astimezone(UTC)


def day_words(day: date, form: str = "F Y") -> str:
    """Return a day in words, as “1er août 2026”; its month and year in this form of Django's."""
    number = pgettext("first day of a month", "1") if day.day == 1 else str(day.day)
    rest = formats.date_format(day, form) if form else ""
    return f"{number} {rest}".rstrip()
