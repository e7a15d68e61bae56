"""What a figure that tells of people looks like outside: a grid of periods, and a noise of its own.

A figure that tells of children or callers leaves for whole quarters and calendar years, with a
noise that is made of the very units that it counts. The same units give the same number in every
table, file, language and edition, so nothing is learnt by asking twice; and a period that is not on
the grid is a sum of numbers that were told, so nothing is learnt by subtracting.

The method is a cell key (Fraser and Wooton 2005; census of 2021 in England and Wales) on a grid of
disjoint periods. Pure: it reads no table and no clock.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Final
from uuid import UUID

# Maximum entropy of 65,536 draws: variance 2 within four units, variance 3 within five.
_TABLE_A: Final = (357, 2002, 6860, 14362, 18374, 14362, 6860, 2002, 357)
_TABLE_B: Final = (249, 1087, 3427, 7781, 12727, 14994, 12727, 7781, 3427, 1087, 249)
_KEYS: Final = 2**32

FEWEST: Final = 11  # the smallest number that is printed of a protected figure
QUARTERLY_FROM: Final = 25  # each quarter of a year told so many, or the next year is told whole
REVISED_FROM: Final = 5  # a later count that differs by less repeats what was told
PROVISIONAL_AFTER: Final = timedelta(days=31)
FINAL_AFTER: Final = timedelta(days=183)
_SHARE_OF: Final = 100  # the smallest whole that a share is told of
_EXCLUSIVE: Final = 3  # so few parts of an exact total give the hidden one back


class Exposure(StrEnum):
    """What a measure, or its breakdown by one of its codes, tells of people."""

    PUBLIC = "public"  # things, publications, volume: exact, on any days
    SENSITIVE = "sensitive"  # children and callers
    GRAVE = "grave"  # what harms most, and what is handed to police or child protection
    INSIDE = "inside"  # never leaves

    @property
    def is_protected(self) -> bool:
        """Return whether it leaves with noise, on the grid."""
        return self in {Exposure.SENSITIVE, Exposure.GRAVE}

    @property
    def noise_at_most(self) -> int:
        """Return by how much a told number differs from the true one at most."""
        return len(self._table) // 2

    @property
    def variance(self) -> float:
        """Return the variance of its noise."""
        middle = self.noise_at_most
        table = self._table
        return sum(many * (place - middle) ** 2 for place, many in enumerate(table)) / sum(table)

    @property
    def _table(self) -> tuple[int, ...]:
        tables = {Exposure.SENSITIVE: _TABLE_A, Exposure.GRAVE: _TABLE_B}
        return tables.get(self, (1,))


class Vintage(StrEnum):
    """How late the facts were that a told number knows of."""

    PROVISIONAL = "p"  # those of 31 days after the end of its period
    FINAL = "f"  # those of 183 days after


def record_key(key: bytes, unit: UUID) -> int:
    """Return the 32 bits of a statistical unit: the contact, the case, the set of items."""
    return int.from_bytes(hmac.digest(key, b"unit|" + str(unit).encode(), "sha256")[:4], "big")


def noise(key: bytes, keys: int, exposure: Exposure, *, empty: str = "") -> int:
    """Return what is added to a cell whose units' record keys sum to `keys`, taken modulo 2^32.

    A cell without a unit has its noise from its name, `empty`.
    """
    cell = b"cell|" + (keys % _KEYS).to_bytes(4, "big")
    if empty:
        cell += b"|" + empty.encode()
    drawn = int.from_bytes(hmac.digest(key, cell, "sha256")[:2], "big")
    place = next(n for n, reached in enumerate(accumulate(exposure._table)) if drawn < reached)
    return place - exposure.noise_at_most


def told(key: bytes, count: int, keys: int, exposure: Exposure, *, cell: str) -> int:
    """Return the number that is told of a cell; under `FEWEST` it is not printed.

    `count` is of distinct units, `keys` the sum of their record keys. `cell` is its name:
    `measure|dimension|code|node`. The result may be negative.
    """
    if not exposure.is_protected:
        raise ValueError(f"{cell}: {exposure} is not told with noise")
    return count + noise(key, keys, exposure, empty="" if count else cell)


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A period of the grid: a quarter (1 to 4) of a calendar year, or the whole of it (0)."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, max(3 * self.quarter - 2, 1), 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        month = 3 * self.quarter if self.quarter else 12
        return (date(self.year, month, 1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    def as_known(self, vintage: Vintage) -> date:
        """Return the day whose end a vintage of it is counted at."""
        waits = PROVISIONAL_AFTER if vintage is Vintage.PROVISIONAL else FINAL_AFTER
        return self.last + waits

    def latest(self, day: date) -> Vintage | None:
        """Return the last vintage that is told on a day, once it is counted; None before any."""
        known = (each for each in reversed(Vintage) if self.as_known(each) < day)
        return next(known, None)


def quarter_of(day: date) -> Node:
    """Return the quarter that a day is in."""
    return Node(day.year, (day.month + 2) // 3)


def read_node(text: str) -> Node:
    """Return the node that is written `2025-Q3` or `2025`; ValueError for another text."""
    year, _dash, quarter = text.partition("-Q")
    node = Node(int(year), int(quarter or 0))
    if str(node) != text or node.quarter not in range(5):
        raise ValueError(f"{text} is no quarter and no year")
    return node


def nodes_within(first: date, last: date, *, yearly: bool = False) -> list[Node]:
    """Return the quarters that lie within some days, in order; the years instead where `yearly`.

    The days around them are told of no protected figure.
    """
    quarters = (0,) if yearly else (1, 2, 3, 4)
    every = (
        Node(year, quarter) for year in range(first.year, last.year + 1) for quarter in quarters
    )
    return [node for node in every if first <= node.first and node.last <= last]


def is_quarterly(year_before: Sequence[int]) -> bool:
    """Return whether a code is told by quarter in a year, from what was told of the year before.

    Else by year only: it reads told numbers of a year that is over, so it tells nothing itself.
    """
    return len(year_before) == 4 and min(year_before) >= QUARTERLY_FROM  # noqa: PLR2004 - quarters


def settled(before: tuple[int, int], now: tuple[int, int]) -> int:
    """Return the final number, of the true one and the told one of the two vintages.

    A change of few units repeats what was told: who came late is not told of by a step.
    """
    is_the_same = abs(now[0] - before[0]) < REVISED_FROM
    return before[1] if is_the_same else now[1]


@dataclass(frozen=True, slots=True)
class Sum:
    """What is printed of several told numbers: at least and at most; equal where all are shown."""

    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        """Return whether it is one number."""
        return self.least == self.most


def is_hidden(number: int) -> bool:
    """Return whether a told number is printed as “fewer than 11”."""
    return number < FEWEST


def summed(numbers: Iterable[int]) -> Sum:
    """Return what is printed of the sum of told numbers.

    Where one of them is hidden the sum would give it back: bounds stand instead.
    """
    every = list(numbers)
    shown = sum(number for number in every if not is_hidden(number))
    hidden = sum(map(is_hidden, every))
    return Sum(shown, shown + hidden * (FEWEST - 1))


def hidden_parts(parts: Mapping[str, int]) -> frozenset[str]:
    """Return which parts that exclude each other are not printed beside their exact total.

    Those under `FEWEST`; of two or three parts, where one is hidden alone, the smallest of the
    others as well, the first by its code where two are alike. It depends on this table alone.
    """
    gone = {code for code, number in parts.items() if is_hidden(number)}
    shown = parts.keys() - gone
    if len(gone) == 1 and shown and len(parts) <= _EXCLUSIVE:
        gone.add(min(shown, key=lambda code: (parts[code], code)))
    return frozenset(gone)


def may_be_shared(part: int, whole: int) -> bool:
    """Return whether a share may be told of two told numbers, as whole percents."""
    return whole >= _SHARE_OF and part >= FEWEST and whole - part >= FEWEST
