"""How hard a text is to read, in the measure of its language."""

import pytest

from balise.awareness.readability.rules.measure import (
    GOAL,
    GOAL_YOUNG,
    goal_of,
    measured,
    syllables_of as heard,
)

EASY = "<p>Le chat dort. Il est bien. Sa patte bouge.</p>"
HARD = (
    "<p>L’institutionnalisation progressive des dispositifs d’accompagnement interministériels "
    "nécessite une contractualisation particulièrement rigoureuse entre administrations.</p>"
)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("chat", "fr", 1), ("patte", "fr", 1), ("école", "fr", 2), ("harcèlement", "fr", 4),
        ("réel", "fr", 2),
        ("les", "fr", 1), ("screen", "en", 1), ("table", "en", 2), ("bedroom", "en", 2),
        ("used", "en", 1), ("wanted", "en", 2), ("12", "fr", 1),
    ],
)  # fmt: skip
def test_syllables_are_those_that_are_heard(word: str, language: str, count: int) -> None:
    assert heard(word, language) == count


def test_the_measure_is_that_of_its_source() -> None:
    text = measured(EASY, language="fr", goal=15)
    # 9 words, 3 sentences, 9 syllables: 207 - 1.015 x 3 - 73.6 x 1 = 130, and no more than 100
    assert (text.words, text.sentences, text.ease) == (9, 3, 100)
    english = measured("<p>Parents need information.</p>", language="en", goal=15)
    assert english.ease == round(max(0, 206.835 - 1.015 * 3 - 84.6 * 7 / 3))
    assert measured(HARD, language="fr", goal=25).ease == 0


def test_a_heading_and_an_entry_of_a_list_are_sentences() -> None:
    text = measured("<h2>Un titre</h2><ul><li>Un &amp; deux</li><li>Trois</li></ul>",
                    language="fr", goal=15)  # fmt: skip
    assert text.sentences == 3
    assert measured("<p></p>", language="fr", goal=15).words == 0


def test_sentences_past_the_goal_are_named_the_longest_first() -> None:
    long, longer = " ".join(["mot"] * 16), " ".join(["mot"] * 20)
    text = measured(f"<p>{long}. {longer}! Court.</p>", language="fr", goal=15)
    assert text.too_long == (longer, long)


def test_the_young_are_told_in_shorter_sentences() -> None:
    assert goal_of(["parents"]) == GOAL
    assert goal_of(["parents", "children"]) == goal_of(["teenagers"]) == GOAL_YOUNG
