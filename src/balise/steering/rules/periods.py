"""Periods of whole days, both ends included, and the same period a year before."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from balise.foundation.refusals import Refused

LONGEST_DAYS = 3_660
EARLIEST = date(1990, 1, 1)
_DECEMBER = 12
_MONTHS_OF_QUARTER = 3


class PeriodUnreadable(Refused, code="period-unreadable"):
    pass


class Shape(StrEnum):
    """What a period is in the calendar."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


class Preset(TextChoices):
    """The periods that people ask for by name; one that runs still ends today."""

    THIS_MONTH = "this-month", gettext_lazy("This month")
    LAST_MONTH = "last-month", gettext_lazy("Last month")
    THIS_QUARTER = "this-quarter", gettext_lazy("This quarter")
    THIS_YEAR = "this-year", gettext_lazy("This year")
    TWELVE_MONTHS = "12-months", gettext_lazy("12 months")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a period ends on or after the day it begins")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def day_count(self) -> int:
        """Return how many days there are."""
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        """Yield the days in their order."""
        for number in range(self.day_count):
            yield self.first + timedelta(days=number)

    @property
    def shape(self) -> Shape:
        """Return what this period is in the calendar."""
        if self.first == self.last:
            return Shape.DAY
        if not is_whole_months(self):
            return Shape.RANGE
        months = _month_number(self.last) - _month_number(self.first) + 1
        begins_quarter = self.first.month % _MONTHS_OF_QUARTER == 1
        if months == 1:
            return Shape.MONTH
        if months == _MONTHS_OF_QUARTER and begins_quarter:
            return Shape.QUARTER
        if months == _DECEMBER and self.first.month == 1:
            return Shape.YEAR
        return Shape.RANGE

    def __str__(self) -> str:
        return title(self)


def preset(code: Preset, *, today: date) -> Period:
    """Return the period of this name on that day; one that still runs ends on that day."""
    match code:
        case Preset.THIS_MONTH:
            return Period(today.replace(day=1), today)
        case Preset.LAST_MONTH:
            return month_of(today.replace(day=1) - timedelta(days=1))
        case Preset.THIS_QUARTER:
            first_month = (today.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 1
            return Period(date(today.year, first_month, 1), today)
        case Preset.THIS_YEAR:
            return Period(date(today.year, 1, 1), today)
        case Preset.TWELVE_MONTHS:
            return Period(_same_day(today, today.year - 1) + timedelta(days=1), today)


def custom(first: date | None, last: date | None, *, today: date) -> Period:
    """Return the period between two days that someone gave; refuse what cannot be counted."""
    if first is None or last is None:
        raise PeriodUnreadable(_("Enter the first and the last day."))
    if first > last:
        raise PeriodUnreadable(_("The last day is before the first."))
    if last > today:
        raise PeriodUnreadable(_("These dates are in the future."))
    if first < EARLIEST:
        raise PeriodUnreadable(_("No data that long ago: check the year."))
    if (last - first).days >= LONGEST_DAYS:
        raise PeriodUnreadable(_("Ten years at most."))
    return Period(first, last)


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    return Period(day.replace(day=1), _month_end(day))


def is_whole_months(period: Period) -> bool:
    """Return whether the period begins with a month and ends with one."""
    return period.first.day == 1 and period.last == _month_end(period.last)


def whole_months(period: Period, *, today: date) -> tuple[Period, ...]:
    """Return the calendar months that are whole within the period, and over."""
    found = []
    month = month_of(period.first)
    while month.last <= period.last:
        if month.first >= period.first and month.last < today:
            found.append(month)
        month = month_of(month.last + timedelta(days=1))
    return tuple(found)


def a_year_before(period: Period) -> Period:
    """Return the same days of the year before; whole months stay whole months.

    The 29th of February becomes the 28th.
    """
    first = _same_day(period.first, period.first.year - 1)
    last = _same_day(period.last, period.last.year - 1)
    if is_whole_months(period):
        last = _month_end(last)
    return Period(first, last)


def title(period: Period) -> str:
    """Return the name of a period, as “October 2026” or “1 to 24 November 2026”."""
    match period.shape:
        case Shape.DAY:
            return day_words(period.first)
        case Shape.MONTH:
            return month_words(period.first)
        case Shape.QUARTER:
            return _("%(quarter)s quarter of %(year)s") % _quarter(period)
        case Shape.YEAR:
            return str(period.first.year)
        case Shape.RANGE:
            return _("%(first)s to %(last)s") % _ends(period)


def when(period: Period) -> str:
    """Return the period in a sentence, as “in October 2026”."""
    match period.shape:
        case Shape.DAY:
            return _("on %(day)s") % {"day": day_words(period.first)}
        case Shape.MONTH:
            return _("in %(month)s") % {"month": month_words(period.first)}
        case Shape.QUARTER:
            return _("in the %(quarter)s quarter of %(year)s") % _quarter(period)
        case Shape.YEAR:
            return pgettext("period", "in %(year)s") % {"year": period.first.year}
        case Shape.RANGE:
            return _("from %(first)s to %(last)s") % _ends(period)


def than_when(period: Period) -> str:
    """Return the period as what another is compared with, as “than in October 2025”."""
    match period.shape:
        case Shape.DAY:
            return _("than on %(day)s") % {"day": day_words(period.first)}
        case Shape.MONTH:
            return _("than in %(month)s") % {"month": month_words(period.first)}
        case Shape.QUARTER:
            return _("than in the %(quarter)s quarter of %(year)s") % _quarter(period)
        case Shape.YEAR:
            return pgettext("period", "than in %(year)s") % {"year": period.first.year}
        case Shape.RANGE:
            return _("than from %(first)s to %(last)s") % _ends(period)


def day_words(day: date, form: str = "F Y") -> str:
    """Return a day in words, its month and year in this form of Django's date format."""
    number = pgettext("first day of a month", "1") if day.day == 1 else str(day.day)
    rest = formats.date_format(day, form) if form else ""
    return f"{number} {rest}".rstrip()


def month_words(day: date) -> str:
    """Return the month of a day in words, as “October 2026”."""
    return formats.date_format(day, "F Y")


def _quarter(period: Period) -> dict[str, object]:
    ordinals = {
        1: pgettext("quarter", "1st"),
        2: pgettext("quarter", "2nd"),
        3: pgettext("quarter", "3rd"),
        4: pgettext("quarter", "4th"),
    }
    number = (period.first.month - 1) // _MONTHS_OF_QUARTER + 1
    return {"quarter": ordinals[number], "year": period.first.year}


def _ends(period: Period) -> dict[str, str]:
    form = "F Y"
    if period.first.year == period.last.year:
        form = "" if period.first.month == period.last.month else "F"
    return {"first": day_words(period.first, form), "last": day_words(period.last)}


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month_number(day: date) -> int:
    return day.year * _DECEMBER + day.month
