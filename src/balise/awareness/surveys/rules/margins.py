"""How sure a result is: 95 % margins, widened by Kish's design effect. Pure.

A margin tells what chance alone does to a sample that was drawn at random. Who chose to answer, and
who was not reached, is not in it.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balise.awareness.surveys.rules.weighting import design_effect
from balise.foundation.statistics.intervals import Z, wilson

FEW: Final = 10  # effective answers of either kind under which the normal law is too far off


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of 1, or a mean, between its bounds at 95 %; `answers` is of how many people."""

    value: float
    low: float
    high: float
    answers: int

    @property
    def margin(self) -> float:
        """Return the wider side."""
        return max(self.high - self.value, self.value - self.low)


def share(value: float, *, answers: int, effect: float) -> Estimate:
    """Return a share of 1 with its bounds: of so many answers, with their design effect.

    Where few are of one kind, the bounds are Wilson's (1927): they stay between 0 and 1.
    """
    sure = answers / effect
    if min(value, 1 - value) * sure < FEW:
        low, high = wilson(value, sure)
    else:
        half = Z * sqrt(value * (1 - value) / sure)
        low, high = value - half, value + half
    return Estimate(value, low, high, answers)


def mean(numbers: NDArray[np.float64], weights: NDArray[np.float64]) -> Estimate:
    """Return the weighted mean of numbers, of two at least."""
    many = len(numbers)
    value = float(np.average(numbers, weights=weights))
    spread = float(np.average((numbers - value) ** 2, weights=weights)) * many / (many - 1)
    half = Z * sqrt(spread * design_effect(weights) / many)
    return Estimate(value, value - half, value + half, many)
