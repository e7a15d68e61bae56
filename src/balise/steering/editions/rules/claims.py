"""What may be said of a figure beside another: a change, none, or only both.

A change is claimed where it is beyond chance, of periods of one length, with no break between.
Counts vary more than chance alone: by `_SPREAD` of helpline contacts and calls, by `_USUAL` else.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import exp, log, sqrt
from typing import Final

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.rules.leaving import Cell, CellState, FigureTable, Span

FEWEST: Final = 20  # before, for a percentage
_SPREAD: Final = 4.0
_USUAL: Final = 2.0
_VARIES: Final = frozenset({"HEL-CON", "HEL-CALLS", "HEL-TOPIC"})
# What the centre does itself is counted whole: a change of it is no chance.
_OWN_ACTS: Final = frozenset(
    {"KIT-PRINT", "KIT-ASK", "PRESS-N", "PRESS-ART", "PRESS-TOP", "PRESS-SEQ", "PRESS-CAMP", "WS-N"}
)
_BEYOND_CHANCE: Final = 1.96
_STABLE: Final = (0.95, 1.05)
_DOUBLE: Final = (1.85, 2.15)
_SURELY_MORE: Final = 1.7
_ROUGH: Final = Decimal("0.1")  # of what is declared or estimated
_STOCKS: Final = frozenset({IndicatorKind.STOCK, IndicatorKind.CUMULATIVE, IndicatorKind.READING})


class Claim(StrEnum):
    """What may be said of two numbers of a figure."""

    ALONE = "alone"  # there is one number
    NOTHING = "nothing"  # there is none
    RISE = "rise"
    FALL = "fall"
    DOUBLE = "double"
    STABLE = "stable"
    UNCLEAR = "unclear"
    BESIDE = "beside"  # both, without a word of change
    SO_FAR = "so-far"  # part of a year beside a whole one
    BROKEN = "broken"
    STOCK = "stock"  # two days

    @property
    def is_net(self) -> bool:
        """Return whether it says that something changed."""
        return self in {Claim.RISE, Claim.FALL, Claim.DOUBLE}


@dataclass(frozen=True, slots=True)
class Told:
    """A claim; `share` is by how much it changed, where that is a percentage."""

    claim: Claim
    share: Decimal | None = None


def claimed(table: FigureTable) -> Told:
    """Return what may be said of a table's total beside the other one."""
    cells = table.rows[0].cells if table.rows else ()
    now = _number(cells[0]) if cells else None
    if now is None:
        return Told(Claim.NOTHING)
    before = _number(cells[1]) if len(cells) > 1 else None
    if before is None or table.compared is None:
        return Told(Claim.ALONE)
    beside = _beside(table, table.compared)
    if beside is Claim.BESIDE and _may_change(table, table.compared, min(now, before)):
        return _change(table, now, before)
    return Told(beside)


def _beside(table: FigureTable, other: Span) -> Claim:
    """Return what may be said of two numbers before their sizes are looked at."""
    if not _is_as_long(table.period, other) and _is_whole_year(other):
        return Claim.SO_FAR
    if table.breaks:
        return Claim.BROKEN
    is_stock = table.kind in _STOCKS and _are_exact(table.rows[0].cells)
    return Claim.STOCK if is_stock else Claim.BESIDE


def _may_change(table: FigureTable, other: Span, fewest: Decimal) -> bool:
    is_like = table.kind is IndicatorKind.FLOW and _is_as_long(table.period, other)
    return is_like and fewest >= FEWEST and _are_exact(table.rows[0].cells)


def is_same_days(now: Span, before: Span | None) -> bool:
    """Return whether two spans are of the same days of two years that follow each other."""
    if before is None or now.first is None or before.first is None:
        return False
    ends = ((now.first, before.first), (now.last, before.last))
    return all((a.month, a.day) == (b.month, b.day) and a.year - b.year == 1 for a, b in ends)


def _change(table: FigureTable, now: Decimal, before: Decimal) -> Told:
    share = abs(now - before) / before
    spread = _SPREAD if table.code in _VARIES else _USUAL
    a, b = float(now), float(before)
    if table.code in _OWN_ACTS:
        is_net = now != before
        low = a / b
    else:
        is_net = abs(a - b) / sqrt(spread * (a + b)) >= _BEYOND_CHANCE
        away = _BEYOND_CHANCE * sqrt(spread * (1 / a + 1 / b))
        low, high = exp(log(a / b) - away), exp(log(a / b) + away)
        if _STABLE[0] <= low and high <= _STABLE[1]:
            return Told(Claim.STABLE)
    is_rough = table.method in {Method.DECLARED, Method.ESTIMATED} and share < _ROUGH
    if not is_net or is_rough or share < Decimal("0.005"):
        return Told(Claim.UNCLEAR)
    if _DOUBLE[0] <= a / b <= _DOUBLE[1] and low > _SURELY_MORE:
        return Told(Claim.DOUBLE)
    return Told(Claim.RISE if now > before else Claim.FALL, share)


def _number(cell: Cell) -> Decimal | None:
    return cell.value if cell.state is CellState.SHOWN and cell.most is None else None


def _are_exact(cells: tuple[Cell, ...]) -> bool:
    return all(cell.bound is Bound.EXACT for cell in cells[:2])


def _is_as_long(now: Span, before: Span) -> bool:
    return is_same_days(now, before) or _length(now) == _length(before)


def _length(span: Span) -> int:
    return (span.last - (span.first or span.last)).days


def _is_whole_year(span: Span) -> bool:
    year = span.last.year
    return (span.first, span.last) == (date(year, 1, 1), date(year, 12, 31))
