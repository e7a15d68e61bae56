"""Which rows of a table are withheld, before the auditor has looked at it.

A row is withheld in all its columns, so that it never says in which of them something was small.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from balise.foundation.statistics.audit import Problem
from balise.foundation.statistics.auditor import TOTAL
from balise.foundation.statistics.measures import Table, Threshold, mask
from balise.steering.rules.periods import Period

type Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """The whole numbers of a period: its total, and its parts or steps by code.

    `small` names those that are made of few facts, however large; "" is the total.
    """

    period: Period
    total: int
    parts: Numbers
    small: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spread:
    """How rows are spread over days: `atoms` are spans that no known period cuts.

    `within` has the days of each row, where rows are steps of time; else each is of the period.
    """

    atoms: tuple[Period, ...]
    within: Sequence[Mapping[str, Period]] = ()

    def of(self, period: Period) -> list[int]:
        """Return which atoms make a period."""
        return [
            number
            for number, atom in enumerate(self.atoms)
            if period.first <= atom.first and atom.last <= period.last
        ]


def withheld(columns: Iterable[Column], threshold: Threshold, *, overlaps: bool) -> frozenset[str]:
    """Return the codes of the rows that are withheld; "" is the total.

    Small rows, and beside them what would give them back to someone who knows the total.
    """
    found: set[str] = set()
    for column in columns:
        small = {code for code in column.small if column.parts.get(code) or not code}
        if overlaps:
            small |= {code for code, many in column.parts.items() if threshold.is_small(many)}
        else:
            masked = mask(column.parts, threshold)
            small |= {code for code, many in masked.items() if many is None}
        if threshold.is_small(column.total):
            small.add("")
        # The total of nothing but small rows tells of them.
        found |= {"", *column.parts} if "" in small else small
    return frozenset(found)


def atoms(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return the spans that the ends of some periods cut their days into."""
    known = list(periods)
    cuts = sorted({end for each in known for end in (each.first, each.last + timedelta(days=1))})
    spans = [Period(first, after - timedelta(days=1)) for first, after in pairwise(cuts)]
    return tuple(each for each in spans if any(_within(each, one) for one in known))


def problem(
    columns: Sequence[Column],
    gone: frozenset[str],
    spread: Spread,
    numbers: Sequence[tuple[int, Numbers]],
    left: Iterable[tuple[date, date, Table]],
    *,
    by: str,
    threshold: Threshold,
    overlaps: bool,
) -> tuple[Problem, tuple[str, ...]]:
    """Return what the auditor is asked of a table, and the code of each of its rows.

    `numbers` has the total and the parts of each atom, as they are known now: an earlier table that
    told another number told it of the same facts. `left` are the tables that left before.
    """
    is_timed = bool(spread.within)
    parts = [] if is_timed else sorted({code for _total, some in numbers for code in some})
    place = {code: number for number, code in enumerate(parts)}
    sizes = {code: max(column.parts.get(code, 0) for column in columns) for code in _codes(columns)}
    codes = (*sorted(sizes, key=lambda code: (sizes[code], code)), "")
    shown = []
    for row, code in enumerate(codes):
        if code in gone:
            continue
        for number, column in enumerate(columns):
            days = spread.within[number].get(code) if is_timed and code else column.period
            if days is not None and (is_timed or not code or code in place):
                part = place.get(code, TOTAL)
                among = spread.of(days)
                shown.append((row, part, among, _value(part, among, numbers, parts)))
    given = []
    for first, last, table in left:
        among = spread.of(Period(first, last))
        told = [TOTAL] if table.total is not None else []
        if table.by == by and not is_timed:
            told += [place[code] for code in parts if table.parts.get(code, 0) is not None]
        given += [(part, among, _value(part, among, numbers, parts)) for part in told]
    targets = _targets(columns, spread, numbers, parts, threshold)
    return (
        Problem(threshold.fewest, len(parts), len(spread.atoms), overlaps, given, shown, targets),
        codes,
    )


def _targets(
    columns: Sequence[Column],
    spread: Spread,
    numbers: Sequence[tuple[int, Numbers]],
    parts: Sequence[str],
    threshold: Threshold,
) -> list[tuple[int, list[int], int]]:
    """Return the small numbers of each period and of each span of days within it."""
    spans = {tuple(spread.of(column.period)) for column in columns}
    spans |= {tuple(spread.of(days)) for each in spread.within for days in each.values()}
    spans |= {(atom,) for span in tuple(spans) for atom in span}
    found = []
    for among in sorted(spans):
        for part in (TOTAL, *range(len(parts))):
            value = _value(part, among, numbers, parts)
            if 0 < value < threshold.fewest:
                found.append((part, list(among), value))
    return found


def _value(
    part: int,
    among: Iterable[int],
    numbers: Sequence[tuple[int, Numbers]],
    parts: Sequence[str],
) -> int:
    if part == TOTAL:
        return sum(numbers[atom][0] for atom in among)
    return sum(numbers[atom][1].get(parts[part], 0) for atom in among)


def _codes(columns: Iterable[Column]) -> set[str]:
    return {code for column in columns for code in column.parts}


def _within(inner: Period, outer: Period) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
