"""What must not be told of small numbers: one rule for every table that leaves the house.

A number small enough to point at someone is withheld, and beside it whatever would give it back:
another of its row, or what changed since the table left before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class Threshold:
    """The smallest number that may be shown; with `hides_zero` none at all is small as well.

    `fewest` of 0: no number is small.
    """

    fewest: int = 5
    hides_zero: bool = False

    def __post_init__(self) -> None:
        if (self.fewest or self.hides_zero) and self.fewest < (2 if self.hides_zero else 3):
            raise ValueError("a number that is withheld needs another that it could be")

    def is_small(self, number: int) -> bool:
        return number < self.fewest and (number > 0 or self.hides_zero)


ADULTS: Final = Threshold()
CHILDREN: Final = Threshold(10)
# Of things that stand in a public list by their names: counting them tells nothing more.
LISTED: Final = Threshold(0)
# Of what families and young people told: that nobody spoke of something is told of someone too.
TOPICS: Final = Threshold(11, hides_zero=True)


def mask(numbers: Mapping[str, int], threshold: Threshold = ADULTS) -> dict[str, int | None]:
    """Return a row whose total is known, None in the place of what is withheld.

    Beside small numbers the smallest large one is withheld, with all that equal it; where there is
    none, the whole row. Then someone who knows the total and this rule still has two possible
    values or more for each small number (tried on every small row by a test).
    """
    withheld = {code for code, number in numbers.items() if threshold.is_small(number)}
    if withheld:
        large = [number for number in numbers.values() if number >= threshold.fewest]
        beside = min(large) if large else None
        withheld |= {code for code, number in numbers.items() if beside is None or number == beside}
    return {code: None if code in withheld else number for code, number in numbers.items()}


TOTAL: Final = "the total"  # no code has a space


@dataclass(frozen=True, slots=True)
class Table:
    """A row and its total as they leave, `by` what its parts are; None is withheld.

    A part that is not there is zero. The total is None too where it is not the sum of the parts.
    `mean` and `counted_until` go with them.
    """

    by: str
    total: int | None
    parts: Mapping[str, int | None] = field(default_factory=dict)
    threshold: Threshold = ADULTS
    mean: int | None = None
    counted_until: datetime | None = None

    @property
    def numbers(self) -> dict[str, int | None]:
        return {TOTAL: self.total, **self.parts}

    def withheld(self) -> "Table":
        """Return the table with no number in it."""
        return replace(self, total=None, parts=dict.fromkeys(self.parts), mean=None)


def given_away(before: Iterable[Table], now: Table) -> set[str]:
    """Return which numbers of a table tell of something small, beside tables that left before.

    They are codes of its parts, or TOTAL. The tables are of the same subject and the same days:
    what changed between them is what was counted, or corrected, in between. A change is small as a
    number is; so is that of all that one of the two withholds, which totals and shown parts give.
    """
    found: set[str] = set()
    for earlier in before:
        changes = _changes(earlier, now)
        found |= {code for code, change in changes.items() if _is_small(change, now.threshold)}
        if earlier.by == now.by and TOTAL in changes:
            rest = 2 * changes[TOTAL] - sum(changes.values())
            if _is_small(rest, now.threshold):
                found |= changes.keys()
    return found


def _changes(earlier: Table, now: Table) -> dict[str, int]:
    """Return how much each number changed that both tables show."""
    was, shown = earlier.numbers, now.numbers
    codes = {*was, *shown} if earlier.by == now.by else {TOTAL}
    pairs = {code: (was.get(code, 0), shown.get(code, 0)) for code in codes}
    return {
        code: after - before
        for code, (before, after) in pairs.items()
        if before is not None and after is not None
    }


def _is_small(change: int, threshold: Threshold) -> bool:
    return 0 < abs(change) < threshold.fewest
