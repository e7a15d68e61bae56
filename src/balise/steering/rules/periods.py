"""Periods of whole days, both ends included, and the same period a year before."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from balise.foundation.moments import day_words
from balise.foundation.refusals import Refused

LONGEST_DAYS = 3_660
EARLIEST = date(1990, 1, 1)
# A chart reads a dozen steps well, and some three dozen at most.
LONGEST_IN_DAYS = 31
LONGEST_IN_WEEKS = 92
LONGEST_IN_MONTHS = 1_100
# A season begins with the first announcements; activities are declared until they are told.
BEFORE_THE_DAY = timedelta(weeks=4)
AFTER_THE_DAY = timedelta(weeks=7)
_SEPTEMBER = 9
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


class Against(TextChoices):
    """What a period is compared with."""

    YEAR_BEFORE = "year-before", gettext_lazy("Same period of the year before")
    PERIOD_BEFORE = "period-before", gettext_lazy("Period before")
    SEASON_BEFORE = "season-before", gettext_lazy("Safer Internet Day season before")
    NOTHING = "nothing", gettext_lazy("Nothing")


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


def so_far(period: Period, until: date) -> Period | None:
    """Return the days of a period that are over on a day, that day included; None before it."""
    return Period(period.first, min(period.last, until)) if period.first <= until else None


def first_days(period: Period, count: int) -> Period:
    """Return as many days of a period as another has, from its first; all where it has fewer."""
    last = period.first + timedelta(days=count - 1)
    return Period(period.first, min(period.last, last))


def before(period: Period) -> Period:
    """Return the period of the same shape that ends as this one begins."""
    last = period.first - timedelta(days=1)
    if not is_whole_months(period):
        return Period(last - timedelta(days=period.day_count - 1), last)
    months = _month_number(period.last) - _month_number(period.first) + 1
    year, month = divmod(_month_number(period.first) - 1 - months, _DECEMBER)
    return Period(date(year, month + 1, 1), last)


def school_year(day: date) -> Period:
    """Return the school year of a day, from the 1st of September to the 31st of August."""
    year = day.year if day.month >= _SEPTEMBER else day.year - 1
    return Period(date(year, _SEPTEMBER, 1), date(year + 1, _SEPTEMBER, 1) - timedelta(days=1))


def season(day: date) -> Period:
    """Return the season of an edition of Safer Internet Day, by the edition's own day."""
    return Period(day - BEFORE_THE_DAY, day + AFTER_THE_DAY)


def compared(
    period: Period, against: Against, *, until: date, days: Callable[[int], date | None]
) -> Period | None:
    """Return what a period is compared with, as far as it is over on a day; None for nothing.

    Of a period that still runs, as many days. `days` has the day of an edition of Safer Internet
    Day by its year: two seasons stand beside each other by the day, not by the calendar.
    """
    done = so_far(period, until)
    if done is None:
        return None
    match against:
        case Against.YEAR_BEFORE:
            return a_year_before(done)
        case Against.PERIOD_BEFORE:
            whole = before(period)
            return whole if done == period else first_days(whole, done.day_count)
        case Against.SEASON_BEFORE:
            now, then = days(period.last.year), days(period.last.year - 1)
            if now is None or then is None:
                return None
            return Period(done.first - (now - then), done.last - (now - then))
        case Against.NOTHING:
            return None


def steps(period: Period) -> tuple[Period, ...]:
    """Return the steps that fit the span of a period: days, weeks, calendar months or years.

    They make the period together: the first and the last may be a part of a month.
    """
    if period.day_count <= LONGEST_IN_DAYS:
        return tuple(Period(day, day) for day in period.days())
    if period.day_count <= LONGEST_IN_WEEKS:
        return _cut(period, lambda day: day + timedelta(days=6 - day.weekday()))
    if period.day_count <= LONGEST_IN_MONTHS:
        return _cut(period, _month_end)
    return years(period)


def years(period: Period) -> tuple[Period, ...]:
    """Return the calendar years of a period; the first and the last may be a part of one."""
    return _cut(period, lambda day: date(day.year, _DECEMBER, 31))


def _cut(period: Period, end: Callable[[date], date]) -> tuple[Period, ...]:
    found = []
    first = period.first
    while first <= period.last:
        found.append(Period(first, min(end(first), period.last)))
        first = found[-1].last + timedelta(days=1)
    return tuple(found)


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
