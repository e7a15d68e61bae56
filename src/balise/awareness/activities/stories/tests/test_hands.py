"""The answer with the most hands is taken."""

import pytest

from balise.awareness.activities.stories.rules.hands import Tie, most


@pytest.mark.parametrize(
    ("hands", "place"), [(["3", "14", ""], 1), ([" 2 ", "x", "1"], 0), (["", "1"], 1)]
)
def test_the_most_hands_win(hands: list[str], place: int) -> None:
    assert most(hands) == place


@pytest.mark.parametrize("hands", [[], ["", ""], ["4", "4"], ["0", "0"], ["-2", "9999"]])
def test_where_none_has_more_the_class_counts_again(hands: list[str]) -> None:
    with pytest.raises(Tie):
        most(hands)
