"""What a picture shows, and the words of its rows and marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import ngettext, pgettext

from balise.foundation.statistics.quantities import Quantity, divided
from balise.steering.rules.cells import cell_words, decimal_words
from balise.steering.rules.leaving import Break, Cell, CellState, TableRow

OTHER: Final = "other"  # the code of the row that stands for the rest


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
        return pgettext("mark of a withheld number", "s")
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
