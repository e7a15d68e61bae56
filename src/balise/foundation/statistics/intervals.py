"""How sure a share is, by chance alone."""

from math import sqrt
from typing import Final

Z: Final = 1.959964  # of the normal law, for 95 %


def wilson(value: float, sure: float) -> tuple[float, float]:
    """Return Wilson's bounds (1927), at 95 %, of a share of 1 among so many independent cases."""
    middle = (value + Z**2 / (2 * sure)) / (1 + Z**2 / sure)
    half = Z * sqrt(value * (1 - value) / sure + Z**2 / (4 * sure**2)) / (1 + Z**2 / sure)
    return max(0.0, min(value, middle - half)), min(1.0, max(value, middle + half))
