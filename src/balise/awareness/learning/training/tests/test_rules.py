"""The module as the packs tell it, its questions, and how far someone is: without a database."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.signing import Signer

from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.rules import PACKAGE
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.paths import Course, Path, course
from balise.awareness.questions.rules.questions import AnswerFaulty, QuestionKind
from balise.awareness.questions.rules.reading import question
from balise.foundation.finding import NotHere
from balise.foundation.packs import PackFaulty, countries_of

FR = course("fr")
ROW = {
    "code": "q",
    "kind": "order",
    "right": "ba",
    "asks": {"en": "In which order?"},
    "says": {"en": "So."},
    "choices": [{"code": "a", "says": {"en": "A"}}, {"code": "b", "says": {"en": "B"}}],
}


def followed(whole: Course = FR) -> Path:
    """Return a path whose lessons are done, before its test."""
    checks = [each for lesson in whole.lessons for each in lesson.checks]
    return Path(uuid4(), checks={each.code: each.right[0] for each in checks})


def take_test(path: Path, *, wrong: int = 0, within: str = "after") -> Path:
    """Return a path with a test answered, the first questions wrongly."""
    for at, each in enumerate(FR.test):
        letters = each.right[0] if at >= wrong else each.right[0][::-1] + "x"
        path = path.answered(each.code, letters, within=within)
    return path


class TestThePacks:
    @pytest.mark.parametrize("country", countries_of(PACKAGE))
    def test_each_country_has_a_module_and_audiences(self, country: str) -> None:
        whole = course(country)
        assert whole.least <= len(whole.test)
        assert {each.kind for each in whole.test} == {
            QuestionKind.ONE,
            QuestionKind.SEVERAL,
            QuestionKind.ORDER,
        }
        assert audiences(country).of("ambassador")

    def test_each_text_is_there_in_french_and_in_english(self) -> None:
        for lesson in FR.lessons:
            assert lesson.html("fr") != lesson.html("en")
            assert "<p>" in lesson.html("en")

    def test_france_counts_by_academy(self) -> None:
        known = audiences("fr")
        referent = known.of("referent")
        assert referent is not None
        assert referent.asks_area
        assert len(known.areas) == 34

    @pytest.mark.parametrize(
        "change",
        [{"right": "bz"}, {"right": ""}, {"choices": [ROW["choices"][0], ROW["choices"][0]]}],  # type: ignore[index]
    )
    def test_a_question_that_has_no_answer_stops_the_start(self, change: dict[str, object]) -> None:
        with pytest.raises(PackFaulty):
            question({**ROW, **change}, where="q")


class TestQuestions:
    def test_an_order_is_right_in_its_order_alone(self) -> None:
        asked = question(ROW, where="q")
        assert asked.is_right(asked.read(["b", "a"]))
        assert not asked.is_right("ab")

    def test_several_answers_are_right_in_any_order(self) -> None:
        asked = question({**ROW, "kind": "several", "right": "ab"}, where="q")
        assert asked.is_right(asked.read(["b", "a"]))
        assert not asked.is_right("a")

    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("one", []),
            ("one", ["a", "b"]),
            ("one", ["z"]),
            ("several", []),
            ("order", ["a"]),
            ("order", ["a", "a"]),
            ("order", ["a", "b", "a"]),
        ],
    )
    def test_what_is_no_answer_is_refused(self, kind: str, given: list[str]) -> None:
        asked = question({**ROW, "kind": kind, "right": "a" if kind == "one" else "ab"}, where="q")
        with pytest.raises(AnswerFaulty):
            asked.read(given)


class TestPaths:
    def test_a_lesson_is_done_when_its_questions_are_answered(self) -> None:
        first = FR.lessons[0]
        path = Path(uuid4())
        assert path.next_lesson(FR) == first.code
        path = path.answered(first.checks[0].code, "a", within="checks")
        assert path.is_done(FR, first.code)
        assert path.lessons_done(FR) == 1
        assert followed().next_lesson(FR) == ""

    def test_the_gain_is_that_of_one_pair(self) -> None:
        path = take_test(take_test(followed(), wrong=4, within="before"), wrong=1)
        assert path.gain(FR) == 3
        assert path.is_passed(FR)

    def test_without_the_test_before_there_is_no_gain(self) -> None:
        assert take_test(followed()).gain(FR) is None

    def test_a_finished_path_says_no_score(self) -> None:
        whole = take_test(take_test(followed(), wrong=4, within="before"), wrong=2)
        path = whole.finished(FR, last=FR.test[-1].code)
        assert not path.before
        assert list(path.after) == [FR.test[-1].code]
        assert path.counted
        assert not path.passed
        assert path.gain(FR) is None

    def test_who_passed_stays_so_when_they_try_again(self) -> None:
        path = take_test(followed()).finished(FR, last=FR.test[0].code).again()
        failed = take_test(path, wrong=6).finished(FR, last=FR.test[0].code)
        assert failed.passed

    def test_a_path_is_read_as_it_was_told(self) -> None:
        path = replace(take_test(followed(), within="before"), skipped=True, passed=True)
        assert Path.read(path.told()) == path
        assert links.read(links.carried(path)) == path
        kept = uuid4()
        assert links.read(links.kept(kept)) == kept

    @pytest.mark.parametrize(
        "token", ["", "a", "x" * 3_000, Signer(salt="other").sign_object({"k": "00"})]
    )
    def test_a_made_up_token_opens_nothing(self, token: str) -> None:
        with pytest.raises(NotHere):
            links.read(token)
