"""What a decision may become, its number, and words in a language."""

from contextlib import nullcontext
from datetime import date

import pytest

from balise.steering.committee.rules import (
    DecisionClosed,
    DecisionState,
    StepBefore,
    WordsMissing,
    check_step,
    in_language,
    number_after,
)

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("at", "to", "day", "words", "refused"),
    [
        (DecisionState.TAKEN, DecisionState.UNDER_WAY, JUNE, "", None),
        (DecisionState.UNDER_WAY, DecisionState.DONE, MAY, "", None),
        (DecisionState.TAKEN, DecisionState.DROPPED, JUNE, "Sans suite.", None),
        (DecisionState.TAKEN, DecisionState.DROPPED, JUNE, " ", WordsMissing),
        (DecisionState.TAKEN, DecisionState.DONE, date(2026, 5, 3), "", StepBefore),
        (DecisionState.DONE, DecisionState.TAKEN, JUNE, "", DecisionClosed),
        (DecisionState.DROPPED, DecisionState.DONE, JUNE, "", DecisionClosed),
    ],
)
def test_a_decision_moves_forward_until_it_is_closed(
    at: DecisionState, to: DecisionState, day: date, words: str, refused: type[Exception] | None
) -> None:
    with pytest.raises(refused) if refused else nullcontext():
        check_step(at=at, since=MAY, to=to, day=day, words=words)


def test_numbers_go_on_in_their_year() -> None:
    assert number_after([], year=2026) == "2026-01"
    assert number_after(["2026-01", "2026-09", "2026-10"], year=2026) == "2026-11"
    assert number_after([f"2026-{one:02}" for one in range(1, 100)], year=2026) == "2026-100"


def test_words_are_in_the_language_or_as_they_were_written() -> None:
    both = {"fr": "Oui", "en": "Yes"}
    assert (in_language(both, "en"), in_language(both, "fr")) == ("Yes", "Oui")
    assert in_language({"fr": "Oui", "en": ""}, "en") == "Oui"
    assert in_language({}, "fr") == ""
