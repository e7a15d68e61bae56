"""The quizzes of our packs are whole, of all kinds, readable for whom they are; paths are short."""

from dataclasses import replace
from uuid import uuid4

import pytest

from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.rules import Audience, Mode, Path, findings, pack, read
from balise.awareness.activities.quizzes.tests.makers import example, rightly
from balise.awareness.questions.rules.plain import refuse_markup
from balise.awareness.questions.rules.questions import QuestionKind
from balise.foundation.packs import PackFaulty

FR = pack("fr")


def test_four_quizzes_of_ten_questions_are_of_all_kinds() -> None:
    assert [each.audience for each in FR.values()] == list(Audience)
    for each in FR.values():
        assert len(each.questions) == 10
        assert {question.kind for question in each.questions} >= {
            QuestionKind.ONE,
            QuestionKind.ORDER,
            QuestionKind.TEXT,
        }
    assert {question.kind for each in FR.values() for question in each.questions} == set(
        QuestionKind
    )


@pytest.mark.parametrize("country", ["fr", "lu"])
@pytest.mark.parametrize("code", FR)
def test_nothing_is_found_in_our_quizzes(country: str, code: str) -> None:
    assert findings(pack(country)[code], languages=["fr", "en"]) == ()


def test_nothing_is_found_in_the_example_of_a_file() -> None:
    refuse_markup(example())
    assert findings(read(example()), languages=["fr", "en"]) == ()


@pytest.mark.parametrize(
    "faulty",
    [
        {"audience": "4-5"},
        {"minutes": "ten"},
        {"title": "No language"},
        {"questions": []},
        {"questions": [{"code": "q", "kind": "drawing", "asks": {"en": "?"}}]},
        {"questions": [{"code": "q", "kind": "text", "asks": {"en": "?"}, "right": ["x"]}]},
        {"questions": "many"},
    ],
)
def test_what_is_no_quiz_is_refused_saying_where(faulty: dict[str, object]) -> None:
    with pytest.raises(PackFaulty, match="fake-account"):
        read(example(**faulty))


class TestPath:
    def test_stands_whole_in_an_address(self) -> None:
        quiz = FR["11-13"]
        path = Path(uuid4(), quiz.code, quiz.mark, Mode.AFTER, pair=uuid4())
        for each in quiz.questions:
            path = path.answered(each.code, each.read(rightly(each)))
        assert links.read(links.carried(path)) == path
        assert len(links.carried(path)) < 500
        assert path.right(quiz) == 10
        assert path.next(quiz) == 0

    def test_keeps_what_still_fits_where_the_quiz_was_changed(self) -> None:
        before = read(example())
        path = Path(uuid4(), before.code, before.mark, answers={"first": "a", "message": "ba"})
        path = replace(path, answers={**path.answers, "gone": "a", "law": ""})
        rows = example()["questions"]
        changed = read(example(questions=[{**rows[1], "code": "message"}, *rows[:1]]))
        now = path.of_now(changed)
        assert now.answers == {"first": "a", "message": "ba"}
        assert now.mark == changed.mark
        fewer = [{**rows[0], "choices": rows[0]["choices"][:1], "right": "a"}]
        assert path.answered("first", "b").of_now(read(example(questions=fewer))).answers == {}
