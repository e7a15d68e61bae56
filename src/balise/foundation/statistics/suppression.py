"""Suppression of small numbers: a number that could identify someone is withheld."""

from collections.abc import Mapping
from typing import Final

FEWEST: Final = 5


def is_withheld(number: int) -> bool:
    """Return whether a number is too small to publish; zero identifies nobody."""
    return 0 < number < FEWEST


def mask(numbers: Mapping[str, int]) -> dict[str, int | None]:
    """Return a row whose total is known, None in the place of what is withheld.

    Beside small numbers the smallest large one is withheld, with all that equal it; where there is
    none, the whole row. Then someone who knows the total and this rule still has two possible
    values or more for each small number (tried on every small row by a test).
    """
    withheld = {code for code, number in numbers.items() if is_withheld(number)}
    if withheld:
        large = [number for number in numbers.values() if number >= FEWEST]
        beside = min(large) if large else None
        withheld |= {code for code, number in numbers.items() if beside is None or number == beside}
    return {code: None if code in withheld else number for code, number in numbers.items()}
