"""What the auditor is asked of a table of use, beside tables that left of other days. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from balise.foundation.statistics.audit import Problem
from balise.foundation.statistics.auditor import TOTAL
from balise.foundation.statistics.measures import Table


class Span(NamedTuple):
    """Days, both ends included."""

    first: date
    last: date


def spans(days: Span, left: Sequence[tuple[date, date, Table]]) -> tuple[Span, ...]:
    """Return the spans into which the ends of a table and of those that left cut their days."""
    known = [days, *(Span(first, last) for first, last, _table in left)]
    cuts = sorted({end for each in known for end in (each.first, each.last + timedelta(days=1))})
    found = (Span(first, after - timedelta(days=1)) for first, after in pairwise(cuts))
    return tuple(each for each in found if any(_is_in(each, one) for one in known))


def problem(
    table: Table,
    days: Span,
    left: Sequence[tuple[date, date, Table]],
    counted: Mapping[Span, Mapping[str, int]],
) -> tuple[Problem, tuple[str, ...]]:
    """Return what the auditor is asked of a table, and the code of each of its rows; "" its total.

    `counted` has the numbers of each of `spans` by thing, as they are known now.
    """
    atoms = list(counted)
    parts = sorted({code for numbers in counted.values() for code in numbers})
    place = {code: number for number, code in enumerate(parts)}

    def value(part: int, among: Sequence[int]) -> int:
        numbers = [counted[atoms[each]] for each in among]
        if part == TOTAL:
            return sum(sum(each.values()) for each in numbers)
        return sum(each.get(parts[part], 0) for each in numbers)

    def within(whole: Span) -> list[int]:
        return [number for number, atom in enumerate(atoms) if _is_in(atom, whole)]

    here = within(days)
    # What is smallest is given up first for another's sake; the total last.
    codes = (*sorted(table.parts, key=lambda code: (table.parts[code] or 0, code)), "")
    shown = []
    for row, code in enumerate(codes):
        number, part = (table.parts[code], place.get(code)) if code else (table.total, TOTAL)
        if number is not None and part is not None:
            shown.append((row, part, here, value(part, here)))
    given = []
    for first, last, earlier in left:
        among = within(Span(first, last))
        told = [] if earlier.total is None else [TOTAL]
        told += [place[code] for code, many in earlier.parts.items() if many and code in place]
        given += [(part, among, value(part, among)) for part in told]
    small = [
        (part, among, value(part, among))
        for among in [here, *([atom] for atom in range(len(atoms)))]
        for part in (TOTAL, *range(len(parts)))
        if table.threshold.is_small(value(part, among))
    ]
    asked = Problem(table.threshold.fewest, len(parts), len(atoms), False, given, shown, small)
    return asked, codes


def _is_in(inner: Span, outer: Span) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
