"""A code is tried at its own door first, and wrong ones count together, whatever the door."""

import pytest

from balise.foundation.encryption.worded import (
    Receipt,
    ReceiptMistyped,
    in_words,
    new_worded,
    read_code,
)
from balise.foundation.web.doors import Request
from balise.foundation.web.pauses import WRONG_A_MINUTE, Guesses, Way, in_order

ONE, OTHER_HOUSE = "198.51.100.7", "203.0.113.9"


def _nothing(_request: Request, _code: Receipt) -> None:
    return None


def test_the_door_that_was_chosen_is_tried_first() -> None:
    ways = [Way(door, _nothing) for door in ("talk", "write", "report")]
    assert [way.door for way in in_order(ways, "report")] == ["report", "talk", "write"]
    assert [way.door for way in in_order(ways, "other")] == ["talk", "write", "report"]


@pytest.mark.safety
def test_wrong_codes_of_a_neighbourhood_are_limited_and_come_back_with_time() -> None:
    guesses, at_once = Guesses(), 2 * WRONG_A_MINUTE
    assert all(guesses.note(ONE, now=0) for _each in range(at_once))
    assert guesses.is_spent(ONE, now=0)
    assert not guesses.note(ONE, now=0)
    assert not guesses.is_spent(OTHER_HOUSE, now=0)
    assert not guesses.is_spent(ONE, now=60 / WRONG_A_MINUTE)


def test_to_ask_whether_one_guessed_too_much_counts_nothing() -> None:
    guesses = Guesses()
    assert not any(guesses.is_spent(ONE, now=0) for _each in range(100))


@pytest.mark.parametrize("words", [7, 9, 2])
def test_too_few_or_too_many_words_are_counted_aloud(words: int) -> None:
    phrase = in_words(new_worded(), "en").split() * 2
    with pytest.raises(ReceiptMistyped, match=str(words)):
        read_code(" ".join(phrase[:words]))
