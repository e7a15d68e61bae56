"""Which days a figure on a page is of, where they are others than the edition's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from balise.steering.rules.periods import Period, a_year_before, school_year, season

_JUNE: Final = 6
_YEARS: Final = 3  # side by side


class SpanKind(StrEnum):
    """How the days of a figure follow from those of its edition."""

    OWN = "own"  # the edition's, beside what it is compared with
    YEARS = "years"  # calendar years side by side, the last as far as it is over
    WHOLE_YEAR = "whole-year"  # the edition's, beside the whole calendar year before
    HALF_YEAR = "half-year"  # the last that is over, beside that of the year before
    SCHOOL_YEAR = "school-year"  # so far, beside the same days of the one before
    SEASON = "season"  # of Safer Internet Day, beside the one before
    SINCE = "since"  # a day of the year, beside the same days of the year before


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a figure; `since` is a month and a day of it."""

    kind: SpanKind = SpanKind.OWN
    since: tuple[int, int] = (1, 1)


OWN: Final = Days()
YEARS: Final = Days(SpanKind.YEARS)
WHOLE_YEAR: Final = Days(SpanKind.WHOLE_YEAR)
HALF_YEAR: Final = Days(SpanKind.HALF_YEAR)
SCHOOL_YEAR: Final = Days(SpanKind.SCHOOL_YEAR)
SEASON: Final = Days(SpanKind.SEASON)


def since(month: int, day: int) -> Days:
    """Return the days since the last day of this date."""
    return Days(SpanKind.SINCE, (month, day))


def spans_of(
    days: Days,
    own: Period,
    compared: Period | None,
    day_of_edition: Callable[[int], date | None],
) -> tuple[Period, Period | None]:
    """Return the days of a figure, and those that it stands beside, if any.

    `day_of_edition` has the day of Safer Internet Day by its year; without one a season is the
    edition's own days.
    """
    match days.kind:
        case SpanKind.OWN:
            return own, compared
        case SpanKind.YEARS:
            return Period(date(own.last.year - _YEARS + 1, 1, 1), own.last), None
        case SpanKind.WHOLE_YEAR:
            return own, Period(date(own.first.year - 1, 1, 1), date(own.first.year - 1, 12, 31))
        case SpanKind.SEASON:
            return _season(own, compared, day_of_edition)
    period = _until(days, own.last)
    return period, a_year_before(period)


def _until(days: Days, last: date) -> Period:
    """Return the last half-year that is over, or the days since one of the calendar."""
    if days.kind is SpanKind.HALF_YEAR:
        return _half_before(last)
    if days.kind is SpanKind.SCHOOL_YEAR:
        return Period(school_year(last).first, last)
    first = date(last.year, *days.since)
    return Period(first if first <= last else date(last.year - 1, *days.since), last)


def _half_before(day: date) -> Period:
    """Return the last half of a calendar year that is over on a day."""
    if day == date(day.year, 12, 31):
        return Period(date(day.year, 7, 1), day)
    if day >= date(day.year, _JUNE, 30):
        return Period(date(day.year, 1, 1), date(day.year, _JUNE, 30))
    return Period(date(day.year - 1, 7, 1), date(day.year - 1, 12, 31))


def _season(
    own: Period, compared: Period | None, day_of_edition: Callable[[int], date | None]
) -> tuple[Period, Period | None]:
    held = (day_of_edition(year) for year in (own.last.year, own.last.year - 1))
    day = next((one for one in held if one and one <= own.last), None)
    if day is None:
        return own, compared
    whole = season(day)
    now = Period(whole.first, min(whole.last, own.last))
    before = day_of_edition(day.year - 1)
    if before is None:
        return now, None
    apart = day - before
    return now, Period(now.first - apart, now.last - apart)
