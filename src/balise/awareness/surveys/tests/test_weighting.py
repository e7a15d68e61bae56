"""Weights meet what is known of a population, or nothing is weighted; margins say how sure."""

from collections.abc import Iterator

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given, settings, strategies as st

from balise.awareness.questions.rules.questions import Question
from balise.awareness.questions.rules.reading import question
from balise.awareness.surveys.rules import weighting
from balise.awareness.surveys.rules.weighting import (
    LEAST,
    MOST,
    CannotWeigh,
    Known,
    design_effect,
    weigh,
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def asks(code: str, letters: str = "ab", kind: str = "one") -> Question:
    choices = [{"code": each, "says": {"en": each.upper()}} for each in letters]
    row = {"code": code, "kind": kind, "asks": {"en": f"{code}?"}, "choices": choices}
    return question(row, where="test")


def shares_of(answers: str, values: np.ndarray) -> dict[str, float]:
    total = values.sum()
    return {
        letter: float(values[[each == letter for each in answers]].sum() / total)
        for letter in sorted(set(answers))
    }


SEX, AGE = asks("sex"), asks("age")


class TestWeigh:
    def test_one_question_is_met_in_one_round(self) -> None:
        """Of 4 people 3 say a and the population is half and half: 2/3 each, and 2."""
        weights = weigh({"sex": "aaab"}, [Known(SEX, {"a": 0.5, "b": 0.5})])
        assert weights.values == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
        assert weights.rounds == 1
        assert weights.bounded == 0
        assert weights.effect == pytest.approx(4 * (3 * 4 / 9 + 4) / 16)
        assert weights.effective == pytest.approx(3)

    def test_two_questions_are_met_as_by_hand(self) -> None:
        """40, 30, 20 and 10 people; shares of 0.5/0.5 and 0.6/0.4. The odds ratio stays 2/3.

        x is the share of a·a: x(x − 0.1) = (2/3)(0.5 − x)(0.6 − x), so x = (√57.6 − 6.4)/4 ≈ 0.297.
        """
        sex, age = "a" * 70 + "b" * 30, "a" * 40 + "b" * 30 + "a" * 20 + "b" * 10
        known = [Known(SEX, {"a": 0.5, "b": 0.5}), Known(AGE, {"a": 0.6, "b": 0.4})]
        weights = weigh({"sex": sex, "age": age}, known)
        x = float(weights.values[:40].sum() / weights.values.sum())
        assert x * (x - 0.1) == pytest.approx(2 / 3 * (0.5 - x) * (0.6 - x), abs=1e-3)
        assert shares_of(age, weights.values) == pytest.approx({"a": 0.6, "b": 0.4}, abs=1e-3)
        assert shares_of(sex, weights.values) == pytest.approx({"a": 0.5, "b": 0.5}, abs=1e-3)

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("abc")), min_size=1))
    def test_answers_that_have_the_shares_already_weigh_one(
        self, people: list[tuple[str, str]]
    ) -> None:
        sex, age = ("".join(column) for column in zip(*people, strict=True))
        known = [
            Known(SEX, shares_of(sex, np.ones(len(sex)))),
            Known(asks("age", "abc"), shares_of(age, np.ones(len(age)))),
        ]
        assert weigh({"sex": sex, "age": age}, known).values == pytest.approx(1)

    @settings(deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=20, max_size=60),
        st.floats(0.3, 0.7),
        st.floats(0.3, 0.7),
    )
    def test_what_is_returned_meets_the_shares_within_the_bounds(
        self, people: list[tuple[str, str]], men: float, young: float
    ) -> None:
        sex, age = ("".join(column) for column in zip(*people, strict=True))
        known = [Known(SEX, {"a": men, "b": 1 - men}), Known(AGE, {"a": young, "b": 1 - young})]
        try:
            weights = weigh({"sex": sex, "age": age}, known)
        except CannotWeigh:
            return
        assert weights.values.mean() == pytest.approx(1)
        assert shares_of(sex, weights.values)["a"] == pytest.approx(men, abs=0.001)
        assert shares_of(age, weights.values)["a"] == pytest.approx(young, abs=0.001)
        assert LEAST * 0.99 < weights.least <= weights.most < MOST * 1.01

    def test_who_left_the_question_out_keeps_their_weight(self) -> None:
        weights = weigh({"sex": ["a", "a", "b", "", ""]}, [Known(SEX, {"a": 0.5, "b": 0.5})])
        assert weights.values == pytest.approx([0.75, 0.75, 1.5, 1, 1])

    @pytest.mark.parametrize(
        ("answers", "shares", "says"),
        [
            ("aaaa", {"a": 0.5, "b": 0.5}, "Nobody answered “B”"),
            ("aaab", {"a": 1.0}, "No share is known of “B”"),
            ("aaab", {"a": 0.5, "c": 0.5}, "“c” is not a choice"),
            ("aaab", {"a": 0.5, "b": 0.4}, "do not sum to 100 %"),
            ("aaab", {"a": 1.5, "b": -0.5}, "not between 0 and 100 %"),
            ("a" * 99 + "b", {"a": 0.5, "b": 0.5}, "No weights between 0.2 and 5.0"),
        ],
    )
    def test_what_cannot_be_met_is_refused_in_words(
        self, answers: str, shares: dict[str, float], says: str
    ) -> None:
        with pytest.raises(CannotWeigh, match=says):
            weigh({"sex": answers}, [Known(SEX, shares)])

    def test_shares_that_contradict_each_other_are_refused(self) -> None:
        """All who say a to one say a to the other: no weights give them two shares."""
        known = [Known(SEX, {"a": 0.5, "b": 0.5}), Known(AGE, {"a": 0.6, "b": 0.4})]
        with pytest.raises(CannotWeigh, match="after 200 rounds"):
            weigh({"sex": "aabb", "age": "aabb"}, known)

    def test_only_one_choice_among_several_weighs(self) -> None:
        with pytest.raises(CannotWeigh, match="one choice"):
            weigh({"q": ["a"]}, [Known(asks("q", kind="several"), {"a": 1})])


class TestMargins:
    def test_a_half_of_a_thousand_is_sure_within_three_points(self) -> None:
        found = weighting.share(0.5, answers=1000, effect=1)
        assert (found.low, found.high) == pytest.approx((0.469, 0.531), abs=0.0005)
        wider = weighting.share(0.5, answers=1000, effect=1.44)
        assert wider.margin == pytest.approx(found.margin * 1.2)

    def test_where_few_say_so_the_bounds_are_wilsons(self) -> None:
        """3 of 100: 1.0 % to 8.5 % (Newcombe, 1998, gives the formula)."""
        found = weighting.share(0.03, answers=100, effect=1)
        assert (found.low, found.high) == pytest.approx((0.0103, 0.0845), abs=0.0005)
        assert weighting.share(0, answers=100, effect=1).low == 0

    def test_a_mean_has_the_margin_of_its_spread(self) -> None:
        numbers = np.array([2.0, 4.0] * 50)
        found = weighting.mean(numbers, np.ones(100))
        assert found.value == 3
        assert found.margin == pytest.approx(1.959964 * np.std(numbers, ddof=1) / 10)

    def test_equal_weights_have_no_effect(self) -> None:
        assert design_effect(np.full(7, 3.0)) == pytest.approx(1)
        assert design_effect(np.zeros(0)) == 1
