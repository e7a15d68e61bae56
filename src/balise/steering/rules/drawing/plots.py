"""Scales and places of a plot: the same for our own pictures and beside a native chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

from balise.steering.rules.leaving import Cell, CellState, TableRow

_STEPS: Final = (1, 2, 5, 10)
_TICKS: Final = 4  # about how many steps an axis has
MOST_LABELS: Final = 12
GAP: Final = 0.35  # between groups of columns, of a column
BAR_GAP: Final = 0.5


@dataclass(frozen=True, slots=True)
class Plot:
    """The inner box of a chart in a picture, and its scale from zero to `most`."""

    left: float
    top: float
    width: float
    height: float
    most: float
    step: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def right(self) -> float:
        return self.left + self.width

    def y(self, value: Decimal | float) -> float:
        """Return how high a value stands."""
        return self.bottom - float(value) / self.most * self.height

    def x(self, value: Decimal | float) -> float:
        """Return how far to the right a value stands."""
        return self.left + float(value) / self.most * self.width

    def ticks(self) -> tuple[float, ...]:
        """Return the values that the axis names."""
        return tuple(self.step * at for at in range(round(self.most / self.step) + 1))


def scale(values: Iterable[Decimal], *, is_percent: bool = False) -> tuple[float, float]:
    """Return the end of a scale that begins at zero, and its step; both are easy to say."""
    most = float(max(values, default=Decimal()))
    if is_percent and most > 0.5:  # noqa: PLR2004 - beyond half, the whole is the scale
        return max(1.0, ceil(most / 0.25) * 0.25), 0.25
    if most <= 0:
        return 1.0, 1.0
    rough = most / _TICKS
    unit = 10 ** floor(log10(rough))
    if not is_percent and unit < 1 and most >= 1:
        unit = 1
    step = next(unit * one for one in _STEPS if unit * one >= rough - 1e-9)
    return ceil(most / step - 1e-9) * step, step


def shown(cells: Iterable[Cell]) -> list[Decimal]:
    """Return the numbers among cells."""
    return [
        cell.value for cell in cells if cell.state is CellState.SHOWN and cell.value is not None
    ]


def labelled(
    rows: Sequence[TableRow], heads: int, *, is_crowded: bool = False
) -> frozenset[tuple[int, int]]:
    """Return which cells (row, column) have their number beside them.

    All, up to twelve; beyond, or without room for them, of the first column its highest, its
    lowest and its last.
    """
    if len(rows) * heads <= MOST_LABELS and not is_crowded:
        return frozenset((row, head) for row in range(len(rows)) for head in range(heads))
    known = [
        (cell.value, at) for at, row in enumerate(rows) if (cell := row.cells[0]).value is not None
    ]
    if not known:
        return frozenset()
    return frozenset((at, 0) for at in (max(known)[1], min(known)[1], known[-1][1]))


def place_of(day: date, rows: Sequence[TableRow]) -> float | None:
    """Return where a day falls among steps of time, in steps from the first; None outside.

    The code of a step is its first day, its month or its year in ISO 8601.
    """
    starts = [first_day(row.code) for row in rows]
    known = [start for start in starts if start]
    if len(known) != len(rows) or len(known) < 2 or day < known[0]:  # noqa: PLR2004 - a step has two ends
        return None
    longest = max(later - earlier for earlier, later in pairwise(known))
    ends = [*known, known[-1] + longest]
    for at, (start, end) in enumerate(pairwise(ends)):
        if start <= day < end:
            return at + (day - start) / (end - start) if end - start > timedelta() else at
    return None


def first_day(code: str) -> date | None:
    """Return the first day of a step of time by its code; None of what is no step."""
    parts = code.split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month, day = (*numbers, 1, 1)[:3]
        return date(year, month, day)
    except ValueError:
        return None
