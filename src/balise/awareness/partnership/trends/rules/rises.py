"""What is a rise (docs/decisions/0045): numbers that were suppressed first, days that were counted.

A number of a month up to a day is compared with that of as many days of the three months before,
and said with that of the year before. It is a rise where it is at least 20, at least half as much
again as the mean of the months before, and more than each of them. Where two of these months or
more cannot be told, nothing is said.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from balise.foundation.statistics.measures import Threshold, mask
from balise.foundation.statistics.rules import Gap, Span

FEWEST: Final = 20
RATIO: Final = Fraction(3, 2)
MONTHS: Final = 3
ENOUGH: Final = 2  # of the months before

type Numbers = Mapping[str, int | None]  # by code; None is withheld


class Verdict(StrEnum):
    """What is said of a code."""

    RISE = "rise"
    SEASONAL = "seasonal"  # a rise, and not half as much again as the year before
    STEADY = "steady"
    WITHHELD = "withheld"  # small now, or too little known before: nothing is said
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
    """A code's number now, in the months before and the year before; None is not told.

    `ratio` is to the mean of the months before that are told; None where that is zero or unknown.
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


def suppressed(
    counted: Mapping[str, int], *, codes: Sequence[str], threshold: Threshold, gap: Gap | None
) -> Numbers | None:
    """Return a period's numbers by code, small ones withheld; None where it was not counted.

    A code that did not occur is zero, and is withheld where zero tells of someone.
    """
    if gap is not None:
        return None
    return mask({code: counted.get(code, 0) for code in codes}, threshold)


def read(codes: Sequence[str], periods: Sequence[Numbers | None]) -> list[Reading]:
    """Return what is said of each code; `periods` are in the order of `Compared.all`."""
    now, *others = periods
    *before, year_before = others
    return [
        _reading(
            code,
            None if now is None else now[code],
            tuple(None if each is None else each[code] for each in before),
            None if year_before is None else year_before[code],
            is_counted=now is not None,
        )
        for code in codes
    ]


def _reading(
    code: str,
    now: int | None,
    before: tuple[int | None, ...],
    year_before: int | None,
    *,
    is_counted: bool,
) -> Reading:
    if not is_counted:
        return Reading(code, None, before, year_before, Verdict.NOT_COUNTED)
    told = [number for number in before if number is not None]
    if now is None or len(told) < ENOUGH:
        return Reading(code, now, before, year_before, Verdict.WITHHELD)
    mean = Fraction(sum(told), len(told))
    ratio = now / mean if mean else None
    if now < FEWEST or now < RATIO * mean or now <= max(told):
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
