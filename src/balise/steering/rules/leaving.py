"""A table of a figure as it may be seen: masked, named in each language, the same for every format.

Whatever shows a figure outside, page, card, file, picture or mail, reads this and nothing else.
Texts are by language code (“fr”, “en”).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Annotated, Any, Final, cast

from django.utils import formats
from django.utils.translation import pgettext
from pydantic import Field, TypeAdapter

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.protection import FEWEST
from balise.foundation.statistics.quantities import Bound, Quantity

# Values as canonical JSON, and their digest: the same value is always the same text.


_adapter: Final[Callable[[Any], TypeAdapter[Any]]] = cache(TypeAdapter)


def canonical[T](kind: type[T], value: T) -> str:
    """Return a value of a frozen class as JSON: names in order, no spaces, moments in UTC."""
    plain = _adapter(kind).dump_python(value)
    return json.dumps(
        plain, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def read[T](kind: type[T], text: str) -> T:
    """Return the value that `canonical` wrote; raise ValueError for anything else."""
    return cast("T", _adapter(kind).validate_json(text))


def digest_of[T](kind: type[T], value: T) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return sha256(canonical(kind, value).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


type Text = Mapping[str, str]


# What earlier editions do not have is not written either: their JSON and its digest stay.
_Unwritten: Final = Field(exclude_if=lambda value: value is None)


class CellState(StrEnum):
    """What stands in a cell."""

    SHOWN = "shown"
    UNDER = "under-threshold"  # told, and under 11
    WITHHELD = "withheld"  # it does not leave, or would give a hidden one back
    NOT_COUNTED = "not-counted"
    NOTHING = "nothing"  # before there was anything to count, as before an agreement


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table as it may be seen; `value` is None unless it is SHOWN, else refused.

    `most` is there where a sum of told numbers has bounds: from `value` to it.
    """

    state: CellState
    value: Decimal | None = None
    bound: Bound = Bound.EXACT
    most: Annotated[Decimal | None, _Unwritten] = None

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


@dataclass(frozen=True, slots=True)
class Protected:
    """How a table tells of people: each number within `noise` of the true one.

    `spans` has the days of each column that its protected numbers are of; None where none is told.
    """

    noise: int
    spans: tuple[Span | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One figure of an edition, masked: what every format, card and file shows of it.

    `number` is its place in the edition (“F07”); the first row is the total, its code empty.
    `heads` name the columns: the period, then what it is compared with. `is_percent` says that its
    values are shares (0.312 is 31.2%). `declared` is the share of its value that was declared.
    `protected` is there where rows tell of people.
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
    protected: Annotated[Protected | None, _Unwritten] = None


def digest(table: FigureTable) -> str:
    """Return the SHA-256 of a table in hexadecimal: by it a figure is known in every format."""
    return digest_of(FigureTable, table)


# Numbers as a language writes them.


NOT_COUNTED: Final = "–"


def number_words(number: int | None) -> str:
    """Return a number as the language writes it, thousands apart; "–" where none was counted."""
    if number is None:
        return NOT_COUNTED
    return formats.number_format(number, force_grouping=True)


def quantity_words(quantity: Quantity | None) -> str:
    """Return a number with what bounds it, as “at least 8,000”; "–" where none was counted."""
    if quantity is None:
        return NOT_COUNTED
    return bounded(formats.number_format(quantity.value, force_grouping=True), quantity.bound)


def bound_words(bound: Bound) -> str:
    """Return the words before a number that is not exact; none before one that is."""
    match bound:
        case Bound.EXACT:
            return ""
        case Bound.ABOUT:
            return pgettext("bound", "about")
        case Bound.AT_LEAST:
            return pgettext("bound", "at least")
        case Bound.AT_MOST:
            return pgettext("bound", "at most")


def bounded(number: str, bound: Bound) -> str:
    """Return a number in words after the words of its bound."""
    return f"{bound_words(bound)} {number}".lstrip()


def percent_words(part: int | None, whole: int | None) -> str:
    """Return a share as the language writes it, rounded to the unit; “–” without a total."""
    if not whole or part is None:
        return NOT_COUNTED
    share = part / whole * 100
    if 0 < share < 1:
        return pgettext("percent", "under 1%%") % {}
    return pgettext("percent", "%(number)s%%") % {"number": number_words(rounded(share))}


def rounded(value: float) -> int:
    """Return the nearest whole number, halves away from zero, as people round."""
    return int(abs(value) + 0.5) * (1 if value >= 0 else -1)


def json_number(value: Decimal) -> int | float:
    """Return a number as JSON writes it: whole where it is whole."""
    return int(value) if value == int(value) else float(value)


def method_words(method: Method) -> str:
    """Return how a number came, in words."""
    match method:
        case Method.MEASURED:
            return pgettext("method", "Measured")
        case Method.DECLARED:
            return pgettext("method", "Declared")
        case Method.IMPORTED:
            return pgettext("method", "Imported")
        case Method.ESTIMATED:
            return pgettext("method", "Estimated")


# What stands in a cell, in the words of the active language.


NARROW_SPACE: Final = "\u202f"
_NO_BREAK_SPACE: Final = "\u00a0"
_HUNDRED: Final = Decimal(100)
_TENTH: Final = Decimal("0.1")
_HUNDREDTH: Final = Decimal("0.01")
_TEN: Final = 10


def cell_words(cell: Cell, *, is_percent: bool = False) -> str:
    """Return a cell in words: its bound before its number, or why there is none."""
    match cell.state:
        case CellState.UNDER:
            return pgettext("figure", "fewer than %(number)s") % {"number": FEWEST}
        case CellState.WITHHELD:
            return pgettext("figure", "not published")
        case CellState.NOT_COUNTED:
            return NOT_COUNTED
        case CellState.NOTHING:
            return ""
        case CellState.SHOWN:
            words = decimal_words(cell.value or Decimal(), is_percent=is_percent)
            if cell.most is not None:
                most = decimal_words(cell.most)
                return pgettext("figure", "%(least)s to %(most)s") % {"least": words, "most": most}
            return bounded(words, cell.bound)


def decimal_words(value: Decimal, *, is_percent: bool = False) -> str:
    """Return a number as the language writes it, one decimal at most; two under ten."""
    if is_percent:
        return pgettext("percent", "%(number)s%%") % {
            "number": _written((value * _HUNDRED).quantize(_TENTH, ROUND_HALF_UP))
        }
    return _written(as_printed(value))


def as_printed(value: Decimal) -> Decimal:
    """Return a number rounded as it is printed: one decimal at most; two under ten."""
    return value.quantize(_TENTH if abs(value) >= _TEN else _HUNDREDTH, ROUND_HALF_UP)


def _written(value: Decimal) -> str:
    whole = value.to_integral_value()
    shown = whole if whole == value else value.normalize()
    exponent = shown.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    words = str(formats.number_format(shown, places, force_grouping=True))
    return words.replace(_NO_BREAK_SPACE, NARROW_SPACE)
