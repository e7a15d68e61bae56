"""What an attacker learns of hidden numbers, who knows the method and all that is printed.

Bayes on a linear system: each printed number is a sum of true ones, give or take its noise. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import erf, sqrt
from typing import Final

from balise.foundation.statistics.protection import FEWEST

HIDDEN_MEAN: Final = (FEWEST - 1) / 2  # what is thought of a number that is under 11
HIDDEN_VARIANCE: Final = (FEWEST**2 - 1) / 12  # even from 0 to 10
LIKELY: Final = 0.5  # a number that is likelier than not is inferred
_EXACT: Final = 1e-4  # the variance of what has no noise
_UNKNOWN: Final = 1e6  # of what nothing is thought of


@dataclass(frozen=True, slots=True)
class Seen:
    """The sum of some unknown numbers, by their places: what is thought of it, and its variance."""

    among: tuple[int, ...]
    mean: float
    variance: float = _EXACT


@dataclass(frozen=True, slots=True)
class Guess:
    """What is thought of a number in the end."""

    mean: float
    deviation: float

    @property
    def probability(self) -> float:
        """Return how likely the likeliest whole number is."""
        whole = round(self.mean)
        ends = ((whole + side - self.mean) / (self.deviation * sqrt(2)) for side in (-0.5, 0.5))
        low, high = map(erf, ends)
        return (high - low) / 2


def guesses(size: int, seen: Iterable[Seen]) -> list[Guess]:
    """Return what is thought of each of some numbers, from all that was seen of their sums."""
    matrix = [[0.0] * size + [0.0] for _row in range(size)]
    for place in range(size):
        matrix[place][place] = 1 / _UNKNOWN
    for one in seen:
        for row in one.among:
            matrix[row][size] += one.mean / one.variance
            for column in one.among:
                matrix[row][column] += 1 / one.variance
    inverse = _inverse([row[:size] for row in matrix])
    known = [row[size] for row in matrix]
    return [
        Guess(sum(a * b for a, b in zip(row, known, strict=True)), sqrt(max(row[at], 1e-12)))
        for at, row in enumerate(inverse)
    ]


def _inverse(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the inverse of a positive definite matrix (Gauss and Jordan)."""
    size = len(matrix)
    rows = [[*row, *(float(at == other) for other in range(size))] for at, row in enumerate(matrix)]
    for at in range(size):
        pivot = rows[at][at]
        rows[at] = [value / pivot for value in rows[at]]
        for other in range(size):
            factor = rows[other][at]
            if other != at and factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[size:] for row in rows]
