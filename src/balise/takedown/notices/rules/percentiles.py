"""How long it took: exact percentiles, by the nearest rank. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """How many there were, and the seconds that half, nine in ten and all of them took."""

    count: int
    median: int
    ninety: int
    longest: int


def percentile(ordered: Sequence[int], percent: int) -> int:
    """Return the value of the nearest rank (ISO 3534-1): of ordered values, one that was seen."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


def times(seconds: Sequence[int]) -> Times | None:
    """Return the percentiles of durations in any order; None of none."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Times(len(ordered), percentile(ordered, 50), percentile(ordered, 90), ordered[-1])
