"""Results are computed of all kinds of question, and tell of nobody."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from balise.awareness.questions.rules.questions import Questionnaire
from balise.awareness.questions.rules.reading import questionnaire
from balise.awareness.surveys.rules.computing import Computed, Left, compute
from balise.awareness.surveys.rules.results import MEAN, Figure, Results
from balise.awareness.surveys.rules.tabulating import Column
from balise.awareness.surveys.rules.weighting import Population, population
from balise.foundation.packs import PackFaulty


def says(letters: str, **more: Any) -> list[dict[str, Any]]:
    return [{"code": each, "says": {"en": each.upper()}, **more} for each in letters]


def row(code: str, kind: str = "one", letters: str = "ab", **more: Any) -> dict[str, Any]:
    choices = {} if kind in {"number", "text"} else {"choices": says(letters)}
    return {"code": code, "kind": kind, "asks": {"en": f"{code}?"}, **choices, **more}


def asks(*rows: Mapping[str, Any]) -> Questionnaire:
    return questionnaire([{"code": "s", "questions": list(rows)}], where="test")


def results(
    asked: Questionnaire,
    before: Sequence[Left] = (),
    says: Population | None = None,
    **columns: Any,
) -> Computed:
    return compute(
        asked,
        {code: Column.read(answers) for code, answers in columns.items()},
        says or Population((), None, ()),
        minimum=11,
        before=before,
    )


def crossed(asked: Questionnaire, **more: Any) -> Population:
    return population({"crossed_by": ["age"], **more}, asked)


class TestEachKind:
    def test_one_choice(self) -> None:
        (found,) = results(asks(row("q")), q="a" * 60 + "b" * 40).results.questions
        assert found.whole.base == 100
        assert found.whole.figures == {"a": Figure(60, 50, 70), "b": Figure(40, 30, 50)}

    def test_several_choices_are_of_those_who_answered(self) -> None:
        answers = ["ab"] * 40 + ["b"] * 20 + ["-"] * 10
        found = results(asks(row("q", "several")), q=answers).results.questions[0].whole
        assert found.base == 60
        assert found.figures["a"]
        assert found.figures["a"].value == 67
        assert found.figures["b"] is None  # all ticked it: that tells of each

    def test_an_order_is_told_by_what_stands_first(self) -> None:
        answers = ["abc"] * 30 + ["bca"] * 50 + ["cab"] * 20
        found = results(asks(row("q", "order", "abc")), q=answers).results.questions[0].whole
        assert {code: one and one.value for code, one in found.figures.items()} == {
            "a": 30,
            "b": 50,
            "c": 20,
        }

    def test_a_match_is_told_pair_by_pair(self) -> None:
        asked = asks(row("q", "match", partners=says("xy")))
        found = results(asked, q=["xy"] * 30 + ["yy"] * 30).results.questions[0].whole
        assert {code: one and one.value for code, one in found.figures.items()} == {
            "ax": 50,
            "ay": 50,
            "bx": None,
            "by": None,
        }

    def test_a_number_has_a_mean_unless_it_tells_of_one(self) -> None:
        asked = asks(row("q", "number", least=0, most=100))
        (found,) = results(asked, q=["2", "4"] * 20).results.questions
        assert found.whole.figures[MEAN] == Figure(3.0, 2.7, 3.3)
        (lone,) = results(asked, q=["0"] * 30 + ["90"]).results.questions
        assert lone.whole.figures[MEAN] is None
        (same,) = results(asked, q=["0"] * 30).results.questions
        assert same.whole.figures[MEAN] is None

    def test_a_free_text_has_no_result(self) -> None:
        asked = asks(row("q"), row("t", "text", optional=True))
        assert [each.code for each in results(asked, q="ab" * 20).results.questions] == ["q"]


class TestWhoIsAsked:
    def test_those_led_to_the_end_are_not_of_the_population(self) -> None:
        asked = asks(
            {
                **row("has"),
                "choices": [*says("a"), *says("b", ends={"en": "Thank you."})],
            },
            row("q"),
        )
        found = results(asked, has="a" * 50 + "b" * 3, q=[*("ab" * 25), "", "", ""]).results
        assert found.answers == 50
        assert found.questions[1].whole.base == 50

    def test_a_base_that_would_tell_a_withheld_number_is_withheld(self) -> None:
        """Of c 3 and b 12 the sum leaves; who is asked further would say which is which."""
        asked = asks(row("q", letters="abc"), row("why", when=[{"question": "q", "is": "b"}]))
        answers: dict[str, Any] = {
            "q": "a" * 40 + "b" * 12 + "c" * 3,
            "why": [""] * 40 + ["a"] * 12 + [""] * 3,
        }
        first, why = results(asked, **answers).results.questions
        assert [first.whole.figures[each] is None for each in "abc"] == [False, True, True]
        assert why.whole.base is None
        assert why.whole.figures == {"a": None, "b": None}

    def test_a_base_that_tells_nothing_small_is_shown(self) -> None:
        asked = asks(row("q"), row("why", when=[{"question": "q", "is": "b"}]))
        why = ["a"] * 15 + ["b"] * 15
        _q, found = results(asked, q="a" * 40 + "b" * 30, why=[""] * 40 + why).results.questions
        assert found.whole.base == 30
        assert found.whole.figures["a"]

    def test_ticks_of_one_person_are_not_told_by_a_union(self) -> None:
        """20 ticked a, 20 b, and 39 are asked further: one person would have ticked both."""
        asked = asks(row("q", "several", "abc"), row("why", when=[{"question": "q", "is": "ab"}]))
        ticked = ["a"] * 19 + ["b"] * 19 + ["ab"] + ["c"] * 30
        why = ["a", "b"] * 19 + ["a"] + [""] * 30
        found = results(asked, q=ticked, why=why).results.questions[1]
        assert found.whole.base is None


class TestCrossed:
    def test_each_group_has_its_own_base_and_margin(self) -> None:
        asked = asks(row("age"), row("q"))
        answers: dict[str, Any] = {
            "age": "a" * 60 + "b" * 40,
            "q": "a" * 30 + "b" * 30 + "a" * 28 + "b" * 12,
        }
        found = results(asked, says=crossed(asked), **answers).results.questions
        assert found[0].crossed == {}  # it is what others are crossed by
        parts = found[1].crossed["age"]
        assert [parts["a"].base, parts["b"].base] == [60, 40]
        assert parts["b"].figures["a"] == Figure(70, 56, 84)

    def test_who_left_the_group_out_is_not_what_is_missing(self) -> None:
        """Three said no age: the rest beside the groups would be their answers."""
        asked = asks(row("age", optional=True), row("q"))
        answers: dict[str, Any] = {
            "age": ["a"] * 60 + ["b"] * 40 + ["-"] * 3,
            "q": "a" * 30 + "b" * 30 + "a" * 20 + "b" * 20 + "aab",
        }
        found = results(asked, says=crossed(asked), **answers).results.questions[1]
        assert found.whole.base == 103
        parts = found.crossed["age"]
        assert parts["a"].figures == {"a": Figure(50, 37, 63), "b": Figure(50, 37, 63)}
        assert parts["b"].figures == {"a": None, "b": None}  # what is withheld is 43, not 3
        assert parts["b"].base is None

    def test_means_by_group(self) -> None:
        asked = asks(row("age"), row("n", "number", least=0))
        answers: dict[str, Any] = {
            "age": "a" * 30 + "b" * 30,
            "n": ["2", "4"] * 15 + ["6", "8"] * 15,
        }
        found = results(asked, says=crossed(asked), **answers).results.questions[1]
        means = [found.crossed["age"][each].figures[MEAN] for each in "ab"]
        assert [one and one.value for one in means] == [3, 7]

    def test_a_question_of_some_alone_is_not_crossed(self) -> None:
        asked = asks(row("age"), row("q"), row("why", when=[{"question": "q", "is": "b"}]))
        answers: dict[str, Any] = {
            "age": "ab" * 50,
            "q": "aabb" * 25,
            "why": ["", "", "a", "b"] * 25,
        }
        assert results(asked, says=crossed(asked), **answers).results.questions[2].crossed == {}


class TestWeighted:
    def test_shares_are_weighted_and_what_is_withheld_is_not(self) -> None:
        asked = asks(row("age"), row("q"))
        known = [{"question": "age", "shares": {"a": 50, "b": 50}}]
        answers: dict[str, Any] = {"age": "a" * 80 + "b" * 20, "q": "a" * 40 + "b" * 40 + "a" * 20}
        found = results(asked, says=crossed(asked, known=known), **answers).results
        assert found.weighting
        assert (found.weighting.least, found.weighting.most) == (0.62, 2.5)
        assert found.weighting.effective == 64
        assert found.questions[1].whole.figures["a"]
        assert found.questions[1].whole.figures["a"].value == 75
        assert found.questions[1].crossed["age"]["b"].figures == {"a": None, "b": None}

    def test_a_population_of_no_question_is_refused(self) -> None:
        asked = asks(row("age"), row("q", when=[{"question": "age", "is": "a"}]))
        for source in (
            {"crossed_by": ["else"]},
            {"crossed_by": ["q"]},
            {"known": [{"question": "age", "shares": {"a": 30}}]},
        ):
            with pytest.raises(PackFaulty):
                population(source, asked)


class TestEditions:
    def test_a_frozen_edition_reads_as_it_was_written(self) -> None:
        found = a_study(300).results
        assert Results.read(found.told()) == found

    def test_few_more_people_change_no_number_that_tells_of_them(self) -> None:
        """Between 300 and 400, what shows in both changed by none or many; of 320, none shows."""
        first = a_study(300)
        soon, second = (a_study(many, before=[first.left]) for many in (320, 400))
        assert not any(now.groups for now in soon.left.values() if now)
        for code, now in second.left.items():
            was = first.left[code]
            if now is None or was is None or not now.groups:
                continue
            old = was.within(now.groups, now.answers)
            for before, after in zip(map(int, old.ravel()), sum(now.counts, ()), strict=True):
                assert abs(after - before) >= 11 or after == before == 0
            assert set(now.answers) <= set(was.answers)


def a_study(many: int, before: Sequence[Left] = ()) -> Computed:
    asked = asks(
        row("age", letters="abcd"),
        row("q", letters="abc"),
        row("s", "several", "abc", optional=True),
    )
    chance = random.Random(3)  # noqa: S311 - a sample
    people = [
        (
            chance.choice("abcd"),
            chance.choice("aaabbc"),
            "".join(each for each in "abc" if chance.random() < 0.4) or "-",
        )
        for _nth in range(many)
    ]
    columns = zip(*people, strict=True)
    return results(
        asked, before, crossed(asked), **dict(zip(("age", "q", "s"), columns, strict=True))
    )
