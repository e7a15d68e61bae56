"""Which form a table is drawn in, and of which rows: a chart of one value is a number.

What is withheld stays so: the rows beyond the twelfth are summed only where nothing of the table is
withheld and its total proves that its parts may be summed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from balise.foundation.statistics.quantities import Bound
from balise.steering.editions.rules.deck import Chart, Form
from balise.steering.rules.drawing.drawn import OTHER, rates
from balise.steering.rules.leaving import Cell, CellState, FigureTable, TableRow

MOST_CATEGORIES: Final = 12
MOST_PLACES: Final = 9  # beside a map, which has the others; their sum would dwarf each
MOST_POINTS: Final = 13
MOST_PARTS: Final = 4
MOST_COMPARED: Final = 2
MOST_MULTIPLES: Final = 18
_CATEGORIES: Final = (Form.BARS, Form.PLACES, Form.SLOPE)
_OF_TWO_HEADS: Final = (Form.COLUMNS, Form.BARS, Form.STEPS, Form.SHARES, Form.PLACES)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is drawn of a chart: its form, the rows of its table, how many stand as one.

    The rows of a NUMBER are the one that is shown.
    """

    form: Form
    rows: tuple[TableRow, ...]
    folded: int = 0


def fitted(chart: Chart, table: FigureTable) -> Fitted:
    """Return the form and rows in which a chart is drawn: those asked for, if they fit."""
    rows = parts_of(table)
    if chart.form is Form.TABLE:
        return Fitted(Form.TABLE, table.rows)
    if chart.form is Form.NUMBER or not rows or not _any_shown(rows):
        return Fitted(Form.NUMBER, (total_of(table) or _nothing(table),))
    if len(rows) == 1 and chart.form is not Form.MULTIPLES:
        return Fitted(Form.NUMBER, rows)
    form = _form(chart.form, rows, heads=len(table.heads))
    if form in _CATEGORIES or form is Form.STACK:
        rows = sorted_rows(rows) if form is not Form.STACK else rows
    most = MOST_PLACES if form is Form.PLACES else MOST_CATEGORIES
    if form in _CATEGORIES and len(rows) > most:
        kept, rest = rows[: most - 1], rows[most - 1 :]
        sums = form is not Form.PLACES and _adds_up(table)
        return Fitted(form, (*kept, _other(rest, sums=sums)), len(rest))
    return Fitted(form, rows)


def parts_of(table: FigureTable) -> tuple[TableRow, ...]:
    """Return the rows of a table but its total."""
    return tuple(row for row in table.rows if row.code)


def total_of(table: FigureTable) -> TableRow | None:
    """Return the row of the total, if there is one."""
    return next((row for row in table.rows if not row.code), None)


def sorted_rows(rows: Iterable[TableRow]) -> tuple[TableRow, ...]:
    """Return rows the largest first; those without a number last, by their codes."""
    return tuple(sorted(rows, key=_order))


def numbers_of(chart: Chart, table: FigureTable) -> frozenset[Decimal]:
    """Return each number that a chart may say: the shown ones, days, rates and the rest summed."""
    drawn = fitted(chart, table)
    found = {
        cell.value
        for row in (*table.rows, *drawn.rows)
        for cell in row.cells
        if cell.state is CellState.SHOWN and cell.value is not None
    }
    found |= {Decimal(row.days) for row in table.rows if row.days is not None}
    if table.declared is not None:
        found.add(table.declared)
    if drawn.form is Form.STEPS:
        found |= {rate.value for rate in rates(drawn.rows) if rate}
    if drawn.folded:
        found.add(Decimal(drawn.folded))
    return frozenset(found)


def _form(asked: Form, rows: Sequence[TableRow], *, heads: int) -> Form:
    """Return the form that holds so many rows and columns."""
    match asked:
        case Form.SLOPE if heads != MOST_COMPARED:
            return _form(Form.BARS, rows, heads=heads)
        case Form.STACK if len(rows) > MOST_PARTS:
            return _form(Form.BARS, rows, heads=heads)
        case Form.STACKED if not 1 < heads <= MOST_PARTS:
            return Form.COLUMNS if heads == 1 else Form.TABLE
        case Form.MULTIPLES if heads == 1 or len(rows) > MOST_MULTIPLES:
            return Form.BARS if heads == 1 else Form.TABLE
        case one if one in _OF_TWO_HEADS and heads > MOST_COMPARED:
            return Form.TABLE
    return asked


def _other(rest: Sequence[TableRow], *, sums: bool) -> TableRow:
    label = dict.fromkeys(rest[0].label, "")
    cells = tuple(
        _summed([row.cells[at] for row in rest], sums=sums) for at in range(len(rest[0].cells))
    )
    return TableRow(OTHER, label, cells)


def _summed(cells: Sequence[Cell], *, sums: bool) -> Cell:
    if any(cell.state is CellState.WITHHELD for cell in cells):
        return Cell(CellState.WITHHELD)
    if not sums or any(cell.state is not CellState.SHOWN for cell in cells):
        return Cell(CellState.NOTHING)
    return Cell(CellState.SHOWN, sum((cell.value or Decimal() for cell in cells), Decimal()))


def _adds_up(table: FigureTable) -> bool:
    """Return whether the total is the sum of its parts, all exact and shown."""
    total = total_of(table)
    if total is None or table.is_percent:
        return False
    columns = zip(*(row.cells for row in parts_of(table)), strict=True)
    return all(
        all(each.state is CellState.SHOWN and each.bound is Bound.EXACT for each in (whole, *cells))
        and whole.value == sum((cell.value or Decimal() for cell in cells), Decimal())
        for whole, cells in zip(total.cells, columns, strict=True)
    )


def _any_shown(rows: Iterable[TableRow]) -> bool:
    return any(cell.state is CellState.SHOWN for row in rows for cell in row.cells)


def _nothing(table: FigureTable) -> TableRow:
    """Return the row of a table that has no total and nothing to show."""
    states = {cell.state for row in table.rows for cell in row.cells}
    state = CellState.WITHHELD if CellState.WITHHELD in states else CellState.NOT_COUNTED
    return TableRow("", {}, tuple(Cell(state) for _head in table.heads))


def _order(row: TableRow) -> tuple[bool, Decimal, str]:
    value = row.cells[0].value
    return (value is None, -(value or Decimal()), row.code)
