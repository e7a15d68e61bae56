"""A table of a figure as it may be seen: masked, named in each language, the same for every format.

Whatever shows a figure outside, page, card, file, picture or mail, reads this and nothing else.
Texts are by language code (“fr”, “en”).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.rules.canonical import digest_of

type Text = Mapping[str, str]


class CellState(StrEnum):
    """What stands in a cell."""

    SHOWN = "shown"
    WITHHELD = "withheld"  # small, or beside something small
    NOT_COUNTED = "not-counted"
    NOTHING = "nothing"  # before there was anything to count, as before an agreement


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table as it may be seen; `value` is None unless it is SHOWN, else refused."""

    state: CellState
    value: Decimal | None = None
    bound: Bound = Bound.EXACT

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is CellState.SHOWN):
            raise ValueError(f"a cell that is {self.state} has a number, or one that is shown none")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: a part (or a step of time), with a cell for each column.

    `days` is how many of its days were over, where it was not whole.
    """

    code: str
    label: Text
    cells: tuple[Cell, ...]
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which a series means something else, or was changed by something."""

    on: date
    name: Text


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included; a stock has its `last` day alone."""

    first: date | None
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One figure of an edition, masked: what every format, card and file shows of it.

    `number` is its place in the edition (“F07”); the first row is the total, its code empty.
    `heads` name the columns: the period, then what it is compared with. `is_percent` says that its
    values are shares (0.312 is 31.2%). `declared` is the share of its value that was declared.
    """

    number: str
    code: str
    version: int
    line: str
    name: Text
    definition: Text
    unit: Text
    kind: IndicatorKind
    method: Method
    source: Text
    period: Span
    compared: Span | None
    as_of: datetime
    heads: tuple[Text, ...]
    rows: tuple[TableRow, ...]
    breaks: tuple[Break, ...] = ()
    is_percent: bool = False
    declared: Decimal | None = None
    permalink: str = ""


def digest(table: FigureTable) -> str:
    """Return the SHA-256 of a table in hexadecimal: by it a figure is known in every format."""
    return digest_of(FigureTable, table)
