"""Days that the home announces, as the packs tell them: which date, and from when. Pure.

A day comes once a year, on a weekday between two days of a month. Safer Internet Day is the
Tuesday from 5 to 11 February.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from balise.awareness.publications.rules.taxonomy import PACKAGE
from balise.foundation.packs import PackFaulty, Words, load

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day of each year; it is announced so many days before, and on the day itself.

    `pages` are slugs of pages about it, in the order in which they are looked for.
    """

    code: str
    label: Words
    says: Words
    weekday: int  # 0 is Monday
    month: int
    first: int
    before: int
    pages: tuple[str, ...]

    def date_in(self, year: int) -> date:
        """Return its date in a year."""
        first = date(year, self.month, self.first)
        return first + timedelta(days=(self.weekday - first.weekday()) % WEEK)


@cache
def days(country: str) -> tuple[Day, ...]:
    """Return the days of a country's pack. Raises PackFaulty."""
    return tuple(_day(row) for row in load(PACKAGE, country=country, name="days")["days"])


def announced(known: tuple[Day, ...], *, today: date) -> Iterator[tuple[Day, date]]:
    """Yield the days to announce today, each with its date."""
    for day in known:
        for year in (today.year, today.year + 1):
            on = day.date_in(year)
            if timedelta() <= on - today <= timedelta(days=day.before):
                yield day, on


def _day(row: Mapping[str, Any]) -> Day:
    where = f"days: {row['code']}"
    day = Day(
        code=str(row["code"]),
        label=Words.read(row["label"], where=where),
        says=Words.read(row["says"], where=where),
        weekday=int(row["weekday"]) - 1,
        month=int(row["month"]),
        first=int(row["from"]),
        before=int(row["before"]),
        pages=tuple(map(str, row["pages"])),
    )
    if not 0 <= day.weekday < WEEK:
        raise PackFaulty(f"{where}: a weekday is 1 (Monday) to 7")
    return day
