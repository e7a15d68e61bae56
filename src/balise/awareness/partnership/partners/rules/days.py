"""Days as they are known: to the day, to the month or to the year. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused

_ISO: Final = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?")
_FRENCH: Final = re.compile(r"((?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4})")
EARLIEST: Final = 1800
_LATEST: Final = 2199
_DECEMBER: Final = 12


class DayUnreadable(Refused, code="day-unreadable"):
    """It is no year, month or day."""


class Precision(TextChoices):
    """How much of a day is known."""

    DAY = "day", gettext_lazy("to the day")
    MONTH = "month", gettext_lazy("to the month")
    YEAR = "year", gettext_lazy("to the year")


class Held(StrEnum):
    """Whether something was held on a day; PERHAPS where its dates do not tell."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Known:
    """A day that is known to a precision: any day of that year or month, or this one."""

    day: date
    precision: Precision = Precision.DAY

    @property
    def first(self) -> date:
        """Return the first day that it may be."""
        match self.precision:
            case Precision.DAY:
                return self.day
            case Precision.MONTH:
                return self.day.replace(day=1)
            case Precision.YEAR:
                return date(self.day.year, 1, 1)

    @property
    def last(self) -> date:
        """Return the last day that it may be."""
        match self.precision:
            case Precision.DAY:
                return self.day
            case Precision.MONTH:
                return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
            case Precision.YEAR:
                return date(self.day.year, _DECEMBER, 31)

    def __str__(self) -> str:
        """Return it in words, as “July 2020”: no more than is known."""
        form = {Precision.DAY: "DATE_FORMAT", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
        return date_format(self.day, form[self.precision])

    @property
    def written(self) -> str:
        """Return it as it is typed: 2005, 2020-07, 2020-07-14."""
        form = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}
        return f"{self.day:{form[self.precision]}}"


def read(text: str) -> Known:
    """Return a year, a month or a day as someone typed it: 2005, 2020-07, 07/2020, 14/07/2020."""
    found = _ISO.fullmatch(text.strip()) or _FRENCH.fullmatch(text.strip())
    if found is None:
        raise _unreadable()
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    if not EARLIEST <= year <= _LATEST:
        raise _unreadable()
    try:
        at = date(year, month or 1, day or 1)
    except ValueError:
        raise _unreadable() from None
    return Known(at, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR)


def held(since: Known, until: Known | None, *, on: date) -> Held:
    """Return whether something that runs from one day to another, both included, ran on a day.

    PERHAPS on the days of which the precision of its ends does not tell.
    """
    if on < since.first or (until is not None and on > until.last):
        return Held.NO
    has_begun = on >= since.last
    is_not_over = until is None or on <= until.first
    return Held.YES if has_begun and is_not_over else Held.PERHAPS


def surely_meet(one: tuple[Known, Known | None], other: tuple[Known, Known | None]) -> bool:
    """Return whether two spans have a day in common whatever their ends are exactly."""
    (since, until), (from_, to) = one, other
    begins = max(since.last, from_.last)
    return all(end is None or begins <= end.first for end in (until, to))


def _unreadable() -> DayUnreadable:
    return DayUnreadable(_("Enter a year, a month or a day: 2005, 2020-07 or 2020-07-14."))
