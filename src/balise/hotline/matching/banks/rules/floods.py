"""When the matches of one hash are a flood: more in a day than its own past explains."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

PAST: Final = timedelta(days=28)  # how far back a hash is compared with itself
FLOOR: Final = 50  # matches of a day that are never a flood
TIMES: Final = 4  # as often as on the fullest day of its past


def most_of_a_day(past: Sequence[int]) -> int:
    """Return how many matches a day may bring, by those of the days before it."""
    return max(FLOOR, TIMES * max(past, default=0))


def is_flood(today: int, past: Sequence[int]) -> bool:
    """Return whether the matches of today are a flood."""
    return today > most_of_a_day(past)
