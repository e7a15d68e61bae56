"""The return rate: of the schools met in a season, those that asked again by a day. Pure.

A school counts once, whatever it had. It is met on its first day in the season; a request of a
later day is a return, one of before is not: it was on its way already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

FEWEST: Final = 20  # schools met: below it a share says more of chance than of schools


@dataclass(frozen=True, slots=True)
class ReturnRate:
    """A share with all that it is made of; `percent` is None on a small denominator."""

    since: date
    until: date  # the season, both days in it
    by: date  # the last day on which a request counts
    met: int
    again: int

    @property
    def percent(self) -> int | None:
        return None if self.met < FEWEST else round(100 * self.again / self.met)


def return_rate(
    met: Iterable[tuple[UUID, date]],
    asked: Iterable[tuple[UUID, date]],
    *,
    season: tuple[date, date],
    by: date,
) -> ReturnRate:
    """Return the rate of a season, from the days on which schools were met and asked."""
    since, until = season
    first: dict[UUID, date] = {}
    for school, day in met:
        if since <= day <= min(until, by):
            first[school] = min(day, first.get(school, day))
    again = {school for school, day in asked if school in first and first[school] < day <= by}
    return ReturnRate(since, until, by, len(first), len(again))


def season_of(day: date, *, starts_in: int) -> tuple[date, date]:
    """Return the first and the last day of the season of a day; it starts on the first of a month.

    Twelve months, as a school year has.
    """
    year = day.year if day.month >= starts_in else day.year - 1
    last = date(year + 1, starts_in, 1).toordinal() - 1
    return date(year, starts_in, 1), date.fromordinal(last)
