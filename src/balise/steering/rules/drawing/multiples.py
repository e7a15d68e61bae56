"""One small chart for each row, all on one scale, which is written once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

from django.utils.translation import ngettext, pgettext

from balise.foundation.statistics.protection import FEWEST
from balise.foundation.statistics.quantities import Quantity, divided
from balise.steering.rules.drawing.shapes import (
    Bar,
    Box,
    Fill,
    Picture,
    Rule,
    Shape,
    Stroke,
    Words,
    cut,
    picture,
)
from balise.steering.rules.leaving import (
    Break,
    Cell,
    CellState,
    TableRow,
    cell_words,
    decimal_words,
)

# Scales and places of a plot: the same for our own pictures and beside a native chart.


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


# What a picture shows, and the words of its rows and marks.


OTHER: Final = "*"  # the row that stands for the rest: no code of a part is this


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The rows of a picture and the names of their cells, of which the first is of now.

    `folded` is how many rows the one of OTHER stands for. Of what `is_stacked` the cells of a row
    are parts of one column; of a funnel, `has_rates`, each row is told as a share of the first.
    """

    rows: tuple[TableRow, ...]
    heads: tuple[str, ...]
    folded: int = 0
    breaks: tuple[Break, ...] = ()
    is_percent: bool = False
    is_estimated: bool = False
    is_stacked: bool = False
    has_rates: bool = False


def label_of(row: TableRow, language: str, *, folded: int = 0) -> str:
    """Return the name of a row; of the one that stands for the rest, how many they are."""
    if row.code == OTHER and folded:
        words = ngettext("%(count)s other", "%(count)s others", folded)
        return words % {"count": decimal_words(Decimal(folded))}
    return row.label.get(language, "") or (
        pgettext("row of a table", "Total") if not row.code else row.code
    )


def days_of(row: TableRow) -> str:
    """Return how many days of a step were over, where it was not whole."""
    if row.days is None:
        return ""
    words = ngettext("%(count)s day", "%(count)s days", row.days)
    return words % {"count": decimal_words(Decimal(row.days))}


def mark_of(cell: Cell) -> str:
    """Return what stands in the dotted box of a cell without a number; nothing for NOTHING."""
    if cell.state is CellState.WITHHELD:
        return pgettext("mark of a number that is not published", "n.p.")
    if cell.state is CellState.UNDER:
        return f"<{FEWEST}"
    return cell_words(cell) if cell.state is CellState.NOT_COUNTED else ""


def rates(rows: Sequence[TableRow]) -> tuple[Quantity | None, ...]:
    """Return what each step is of the first, bounds kept; None where no rate follows."""
    first = _quantity(rows[0].cells[0]) if rows else None
    return tuple(
        divided(step, first) if first and (step := _quantity(row.cells[0])) else None
        for row in rows
    )


def _quantity(cell: Cell) -> Quantity | None:
    return Quantity(cell.value, cell.bound) if cell.value is not None else None


_WIDE: Final = 140.0  # the least width of a small chart
_TALL: Final = 92.0
_NAME: Final = 11
_STEP: Final = 9
_APART: Final = 16.0


def multiples(drawn: Drawn, language: str, width: float, _height: float) -> Picture:
    """Return small columns, a chart for each row and a column for each head."""
    rows = drawn.rows
    most, step = scale(
        [value for row in rows for value in shown(row.cells)], is_percent=drawn.is_percent
    )
    across = max(1, min(6, len(rows), int((width + _APART) / (_WIDE + _APART))))
    wide = (width - _APART * (across - 1)) / across
    shapes: list[Shape] = []
    for at, row in enumerate(rows):
        left = (wide + _APART) * (at % across)
        top = (_TALL + _APART) * (at // across)
        plot = Plot(left, top + 20, wide, _TALL - 34, most, step)
        name = cut(label_of(row, language, folded=drawn.folded), _NAME, wide - 44)
        shapes.append(Words(left, top + 11, name, _NAME, is_bold=True))
        if at == 0:
            end = decimal_words(Decimal(repr(most)), is_percent=drawn.is_percent)
            shapes.append(Words(left + wide, top + 11, f"0 – {end}", _STEP, "end", is_soft=True))
        shapes += _panel(drawn, at, plot)
        for x, head, anchor in ((plot.left, 0, "start"), (plot.right, -1, "end")):
            words = Words(x, plot.bottom + 11, drawn.heads[head], _STEP, is_soft=True)
            shapes.append(words if anchor == "start" else _ended(words))
    lines = ceil(len(rows) / across)
    return picture(width, (_TALL + _APART) * lines - _APART, shapes)


def _panel(drawn: Drawn, at: int, plot: Plot) -> list[Shape]:
    row = drawn.rows[at]
    band = plot.width / len(row.cells)
    is_estimated = drawn.is_estimated
    shapes: list[Shape] = []
    for nth, cell in enumerate(row.cells):
        left, wide = plot.left + band * nth + 1, band - 2
        is_partial = is_estimated or (row.days is not None and nth == len(row.cells) - 1)
        if words := mark_of(cell):
            shapes.append(Box(left, plot.bottom - 13, wide, 13, words))
        elif cell.value:
            top = plot.y(cell.value)
            fill = Fill.HATCHED if is_partial else Fill.DARK
            shapes.append(Bar(left, top, wide, plot.bottom - top, fill))
        elif cell.value is not None:
            shapes.append(Words(left + wide / 2, plot.bottom - 3, "0", _STEP, "middle"))
    shapes.append(Rule(plot.left, plot.bottom, plot.right, plot.bottom, Stroke.AXIS))
    return shapes


def _ended(words: Words) -> Words:
    return Words(words.x, words.y, words.text, words.size, "end", is_soft=True)
