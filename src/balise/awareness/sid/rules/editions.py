"""Editions of the day: each has a date of its own, as no rule gives it. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

# What is declared for a day may still be declared, and corrected, so long after it.
OPEN_AFTER: Final = timedelta(days=45)
ANNOUNCED_BEFORE: Final = timedelta(days=90)
FIRST_YEAR: Final = 2004


class DateFaulty(Refused, code="date-faulty"):
    field = "day"


class EmbargoFaulty(Refused, code="embargo-faulty"):
    field = "embargo_until"


class Dated(Protocol):
    """An edition, as these rules read it."""

    @property
    def day(self) -> Any: ...


def check_day(year: int, day: date) -> None:
    """Refuse a date outside of the edition's year."""
    if day.year != year:
        raise DateFaulty(_("The date is not in the year of the edition."))


def check_embargo(embargo_until: datetime | None, day: date) -> None:
    """Refuse an embargo that outlasts the day: nobody could write about it."""
    if embargo_until is not None and embargo_until.date() > day:
        raise EmbargoFaulty(_("The embargo ends after the day itself."))


def current[Edition: Dated](editions: Iterable[Edition], *, today: date) -> Edition | None:
    """Return the edition that is spoken of: while one is open, that one; else the next, the last.

    The day that is over stays the current one until nothing more can be declared for it.
    """
    known = sorted(editions, key=lambda one: one.day)
    ahead = [one for one in known if one.day + OPEN_AFTER >= today]
    return next(iter(ahead), known[-1] if known else None)


def is_announced(day: date, *, today: date) -> bool:
    """Return whether the first page speaks of a day."""
    return timedelta() <= day - today <= ANNOUNCED_BEFORE


def is_open(day: date, *, today: date) -> bool:
    """Return whether activities may be declared and corrected."""
    return today <= day + OPEN_AFTER


def days_left(day: date, *, today: date) -> int:
    """Return how many days there are until a day; 0 from the day on."""
    return max((day - today).days, 0)


def number_of(year: int) -> int:
    """Return which edition of Safer Internet Day a year's is: the first was in 2004."""
    return year - FIRST_YEAR + 1
