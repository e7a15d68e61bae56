"""What stands in a cell, in the words of the active language."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils import formats
from django.utils.translation import pgettext

from balise.steering.rules.leaving import Cell, CellState
from balise.steering.rules.numbers import NOT_COUNTED, bounded

NARROW_SPACE: Final = "\u202f"
_NO_BREAK_SPACE: Final = "\u00a0"
_HUNDRED: Final = Decimal(100)
_TENTH: Final = Decimal("0.1")
_HUNDREDTH: Final = Decimal("0.01")
_TEN: Final = 10


def cell_words(cell: Cell, *, is_percent: bool = False) -> str:
    """Return a cell in words: its bound before its number, or why there is none."""
    match cell.state:
        case CellState.WITHHELD:
            return pgettext("figure", "withheld")
        case CellState.NOT_COUNTED:
            return NOT_COUNTED
        case CellState.NOTHING:
            return ""
        case CellState.SHOWN:
            words = decimal_words(cell.value or Decimal(), is_percent=is_percent)
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
