"""What is a rise (docs/decisions/0045), of days that were counted: for inside, nothing withheld.

A number of a month up to a day is compared with that of as many days of the three months before,
and said with that of the year before. It is a rise where it is at least 20, at least half as much
again as the mean of the months before, and more than each of them. Where two of these months or
more were not counted, nothing is said.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from balise.foundation.statistics.rules import Gap, Span

FEWEST: Final = 20
RATIO: Final = Fraction(3, 2)
MONTHS: Final = 3
ENOUGH: Final = 2  # of the months before

type Numbers = Mapping[str, int]  # by code; one that did not occur is not there


class Verdict(StrEnum):
    """What is said of a code."""

    RISE = "rise"
    SEASONAL = "seasonal"  # a rise, and not half as much again as the year before
    STEADY = "steady"
    UNKNOWN = "unknown"  # too little is known of the months before: nothing is said
    NOT_COUNTED = "not-counted"


@dataclass(frozen=True, slots=True)
class Days:
    """The days from one to another, both included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Compared:
    """A month up to a day, and the same number of days of other months; `before` the last first."""

    now: Days
    before: tuple[Days, ...]
    year_before: Days

    @property
    def all(self) -> tuple[Days, ...]:
        return self.now, *self.before, self.year_before

    @property
    def is_whole(self) -> bool:
        """Return whether it is a whole month."""
        return self.now.last == _month_end(self.now.first)


@dataclass(frozen=True, slots=True)
class Reading:
    """A code's number now, in the months before and the year before; None is not counted.

    `ratio` is to the mean of the months before that are known; None where that is zero or unknown.
    """

    code: str
    now: int | None
    before: tuple[int | None, ...]
    year_before: int | None
    verdict: Verdict
    ratio: Fraction | None = None


def compared(until: date) -> Compared:
    """Return the month of a day up to that day, and what it is compared with.

    A month that is shorter than these days gives as many that end on its last day: so each period
    has the same number of days, and none reaches into the month that is compared.
    """
    now = Days(until.replace(day=1), until)
    months = [now.first]
    for _each in range(MONTHS):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    before = tuple(_same(now.count, month) for month in months[1:])
    year = now.first.replace(year=now.first.year - 1)
    return Compared(now, before, _same(now.count, year))


def gaps(periods: Compared, span: Span) -> tuple[Gap | None, ...]:
    """Return why each period of `periods.all` was not counted whole; None where it was."""
    return tuple(span.gap(days.first, days.last) for days in periods.all)


def read(codes: Sequence[str], periods: Sequence[Numbers | None]) -> list[Reading]:
    """Return what is said of each code; `periods` are in the order of `Compared.all`.

    One that was not counted whole is None.
    """
    found = []
    for code in codes:
        now, *others = (None if each is None else each.get(code, 0) for each in periods)
        *before, year_before = others
        found.append(_reading(code, now, tuple(before), year_before))
    return found


def _reading(
    code: str, now: int | None, before: tuple[int | None, ...], year_before: int | None
) -> Reading:
    if now is None:
        return Reading(code, None, before, year_before, Verdict.NOT_COUNTED)
    known = [number for number in before if number is not None]
    if len(known) < ENOUGH:
        return Reading(code, now, before, year_before, Verdict.UNKNOWN)
    mean = Fraction(sum(known), len(known))
    ratio = now / mean if mean else None
    if now < FEWEST or now < RATIO * mean or now <= max(known):
        verdict = Verdict.STEADY
    elif year_before is not None and now < RATIO * year_before:
        verdict = Verdict.SEASONAL
    else:
        verdict = Verdict.RISE
    return Reading(code, now, before, year_before, verdict, ratio)


def _same(count: int, month: date) -> Days:
    last = _month_end(month)
    if count > last.day:
        return Days(last - timedelta(days=count - 1), last)
    return Days(month, month + timedelta(days=count - 1))


def _month_end(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
