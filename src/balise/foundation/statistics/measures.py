"""A measure says which event to count, on which day and by which of its codes.

Pure: what one entry adds to the figures follows from the entry alone, so a recount of the journal
gives the same numbers as the counting did.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, quote

from django.db import transaction

from balise.foundation import clock, rows
from balise.foundation.journal.events import Event
from balise.foundation.statistics.models import Exported

# What must not be told of small numbers: one rule for every table that leaves the house.
#
# A number small enough to point at someone is withheld, and beside it whatever would give it
# back: another of its row, or what changed since the table left before.


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


HALF_HOUR: Final = "half_hour"


class Cell(NamedTuple):
    """The place of a figure: the measure's day and codes; of a late one, the day of its record."""

    day: date
    codes: str
    recorded: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What to count.

    `day` names a date field of the event ("" for the day it was recorded, in the centre's zone);
    `amount` names a whole-number field that is summed beside the count. `only` names codes that the
    event must have, for an event that several lines share. `by_half_hour` adds a code `half_hour`,
    as 09:30: when in the centre's day the entry was recorded. `threshold` says which numbers of it
    are too small to leave the house.
    """

    name: str
    counts: type[Event]
    by: tuple[str, ...] = ()
    day: str = ""
    amount: str = ""
    only: tuple[tuple[str, str], ...] = ()
    by_half_hour: bool = False
    threshold: Threshold = ADULTS

    def __post_init__(self) -> None:
        known = set(self.counts.__dataclass_fields__) - {"subject"}
        unknown = {*self.by, self.day, self.amount, *dict(self.only)} - {""} - known
        if unknown:
            raise ValueError(f"{self.name}: {self.counts.name} has no {', '.join(sorted(unknown))}")

    @property
    def definition(self) -> str:
        """A digest that changes when the same entries would be counted otherwise."""
        parts = (self.counts.name, *self.by, "|", self.day, "|", self.amount)
        for pair in self.only:
            parts += ("|", *pair)
        if self.by_half_hour:
            parts += ("|", HALF_HOUR)
        if self.day:
            parts += ("|", "late")  # counted apart since 0004_late
        return sha256("\n".join(parts).encode()).hexdigest()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the figures can be grouped by."""
        return (*self.by, HALF_HOUR) if self.by_half_hour else self.by

    def counts_these(self, facts: dict[str, Any]) -> bool:
        """Return whether an entry with these facts is counted."""
        return all(word(facts.get(code)) == value for code, value in self.only)

    def cell(self, facts: dict[str, Any], at: datetime) -> Cell:
        """Return where an entry with these facts, recorded at this moment, is counted."""
        on = facts.get(self.day) if self.day else None
        day = date.fromisoformat(on[:10]) if on else clock.day_of(at)
        codes = {code: facts.get(code) for code in self.by}
        if self.by_half_hour:
            codes[HALF_HOUR] = _half_hour(at)
        return Cell(day, codes_text(codes))

    def amount_of(self, facts: dict[str, Any]) -> int:
        """Return what an entry adds to the total; 0 for a measure without an amount."""
        return int(facts.get(self.amount) or 0) if self.amount else 0


def shown_from(threshold: Threshold, *measures: Measure) -> tuple[Measure, ...]:
    """Return measures of which smaller numbers than this do not leave the house."""
    return tuple(replace(measure, threshold=threshold) for measure in measures)


MEASURES: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """Add measures to those that are counted; the centre's start calls it."""
    for measure in measures:
        known = MEASURES.setdefault(measure.name, measure)
        if known != measure:
            raise ValueError(f"two measures are called {measure.name}")


def codes_text(codes: dict[str, Any]) -> str:
    """Return codes as one canonical text: `a=x&b=y`, sorted by name, values percent-encoded."""
    return "&".join(f"{name}={_quoted(word(codes[name]))}" for name in sorted(codes))


def read_codes(text: str) -> dict[str, str]:
    """Return the codes that `codes_text` wrote."""
    return dict(parse_qsl(text, keep_blank_values=True))


def word(value: object) -> str:
    """Return a fact's value as it is counted: `yes`, `no`, nothing for None, parts by commas."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ",".join(str(part) for part in value)
        case _:
            return str(value)


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    return quote(text, safe=":/")


def _half_hour(at: datetime) -> str:
    local = at.astimezone(clock.zone())
    return f"{local.hour:02}:{local.minute // 30 * 30:02}"


# Tables that leave the house: none tells of something small beside those that left before.


_FIELDS = ("by", "total", "parts", "mean", "counted_until")


def settle(tables: Iterable[Table], *, subject: str, first: date, last: date) -> list[Table]:
    """Return tables of the same subject and days as they may leave now, and keep what leaves.

    Where the difference would tell of something small, a table leaves once more as it left before,
    or without any number if it never did.
    """
    with transaction.atomic():
        rows.in_turn("statistics.exports")
        earlier = Exported.objects.filter(subject=subject, first=first, last=last).order_by("-id")
        before = [Table(**found) for found in earlier.values(*_FIELDS)]
        settled = [_settled(table, before) for table in tables]
        left = [one for one in settled if any(n is not None for n in one.numbers.values())]
        known = {_key(one) for one in before}
        new = {_key(one): one for one in left if _key(one) not in known}
        Exported.objects.bulk_create(
            Exported(
                subject=subject,
                first=first,
                last=last,
                **{name: getattr(one, name) for name in _FIELDS},
            )
            for one in new.values()
        )
    return settled


def _settled(table: Table, before: Sequence[Table]) -> Table:
    if not given_away(before, table):
        return table
    return next((one for one in before if one.by == table.by), table.withheld())


def _key(table: Table) -> tuple[str, frozenset[tuple[str, int | None]]]:
    return table.by, frozenset(table.numbers.items())


def left_before(subject: str, first: date, last: date) -> list[tuple[date, date, Table]]:
    """Return the tables of a subject that left, each with its days, where they meet some days."""
    rows = Exported.objects.filter(subject=subject, first__lte=last, last__gte=first)
    found = rows.order_by("id").values("first", "last", *_FIELDS)
    return [(row.pop("first"), row.pop("last"), Table(**row)) for row in found]
