"""Numbers as a language writes them."""

from decimal import Decimal
from typing import Final

from django.utils import formats
from django.utils.translation import pgettext

from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Bound, Quantity

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
