"""A number and how sure it is: bounds pass through arithmetic.

“More than 500,000” is at least that many. What follows from bounded numbers is bounded too: 156,000
of more than 500,000 is at most 31.2%; of two numbers that are each at most something, no share
follows.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Bound(StrEnum):
    """How a printed number stands to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


_OPPOSITE: Final = {
    Bound.EXACT: Bound.EXACT,
    Bound.ABOUT: Bound.ABOUT,
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.AT_MOST: Bound.AT_LEAST,
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit of what is counted, with its bound."""

    value: Decimal
    bound: Bound = Bound.EXACT


def added(*parts: Quantity) -> Quantity | None:
    """Return the sum; None where its parts are bounded on both sides, for then nothing follows."""
    bound = _of_both(*(part.bound for part in parts))
    return Quantity(sum((part.value for part in parts), Decimal()), bound) if bound else None


def less(whole: Quantity, part: Quantity) -> Quantity | None:
    """Return what is left of a number; None where nothing follows."""
    bound = _of_both(whole.bound, _OPPOSITE[part.bound])
    return Quantity(whole.value - part.value, bound) if bound else None


def divided(part: Quantity, whole: Quantity) -> Quantity | None:
    """Return the ratio of two numbers that are not negative; None of nothing, or of no bound."""
    bound = _of_both(part.bound, _OPPOSITE[whole.bound])
    if bound is None or not whole.value:
        return None
    return Quantity(part.value / whole.value, bound)


def _of_both(*bounds: Bound) -> Bound | None:
    """Return the bound of what is made of several; None where they point both ways."""
    found = set(bounds) - {Bound.EXACT}
    sides = found - {Bound.ABOUT}
    if len(sides) > 1:
        return None
    return next(iter(sides or found), Bound.EXACT)
