"""What an attacker infers of sums: the bounds that are known of them, and what is even."""

from math import sqrt

import pytest

from balise.foundation.statistics.attacks import (
    HIDDEN_MEAN,
    HIDDEN_VARIANCE,
    LIKELY,
    Guess,
    Seen,
    guesses,
)


def test_what_has_no_noise_is_given_back_by_subtraction() -> None:
    exact = [Seen((0,), 52), Seen((0, 1), 59)]
    hidden = guesses(2, exact)[1]
    assert round(hidden.mean) == 7
    assert hidden.probability > 0.99


def test_a_hidden_quarter_beside_its_year_has_the_noise_of_all_the_others() -> None:
    """The worked example: 165 less 51, 45 and 61 is 8 give or take 2.8, and even from 0 to 10."""
    seen = [Seen((at,), mean, 2.0) for at, mean in enumerate((51, 45, 61))]
    seen += [Seen((3,), HIDDEN_MEAN, HIDDEN_VARIANCE), Seen((0, 1, 2, 3), 165, 2.0)]
    guess = guesses(4, seen)[3]
    assert guess.deviation == pytest.approx(1 / sqrt(1 / HIDDEN_VARIANCE + 1 / 8), abs=0.01)
    assert 5 < guess.mean < 8
    assert guess.probability < LIKELY


def test_what_nothing_is_known_of_has_no_likely_number() -> None:
    [guess] = guesses(1, [])
    assert guess.probability < 0.01


@pytest.mark.parametrize(("deviation", "is_likely"), [(0.5, True), (0.7, True), (0.8, False)])
def test_a_number_is_inferred_where_it_is_likelier_than_not(
    deviation: float, *, is_likely: bool
) -> None:
    assert (Guess(7.0, deviation).probability > LIKELY) is is_likely
