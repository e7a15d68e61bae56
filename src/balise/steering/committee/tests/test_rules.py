"""What a decision may become, its number, and words in a language."""

from contextlib import nullcontext
from datetime import date

import pytest

from balise.steering.committee.rules import (
    DecisionClosed,
    State,
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
        (State.TAKEN, State.UNDER_WAY, JUNE, "", None),
        (State.UNDER_WAY, State.DONE, MAY, "", None),
        (State.TAKEN, State.DROPPED, JUNE, "Sans suite.", None),
        (State.TAKEN, State.DROPPED, JUNE, " ", WordsMissing),
        (State.TAKEN, State.DONE, date(2026, 5, 3), "", StepBefore),
        (State.DONE, State.TAKEN, JUNE, "", DecisionClosed),
        (State.DROPPED, State.DONE, JUNE, "", DecisionClosed),
    ],
)
def test_a_decision_moves_forward_until_it_is_closed(
    at: State, to: State, day: date, words: str, refused: type[Exception] | None
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
