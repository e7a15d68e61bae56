"""Six kinds of question: what is an answer, which is right, which questions are asked."""

from typing import Any

import pytest

from balise.awareness.questions.rules.questions import AnswerFaulty, Question
from balise.awareness.questions.rules.reading import question, questionnaire, questions
from balise.foundation.packs import PackFaulty

AB = [{"code": code, "says": {"en": code.upper()}} for code in "ab"]
ABC = [*AB, {"code": "c", "says": {"en": "None"}, "alone": True}]
XY = [{"code": code, "says": {"en": code.upper()}} for code in "xy"]


def asks(kind: str, **more: Any) -> Question:
    return question({"code": "q", "kind": kind, "asks": {"en": "What?"}, **more}, where="test")


class TestReading:
    @pytest.mark.parametrize(
        ("asked", "given", "answer"),
        [
            (asks("one", choices=AB), ["b"], "b"),
            (asks("several", choices=ABC), ["b", "a"], "ab"),
            (asks("several", choices=ABC), ["c"], "c"),
            (asks("order", choices=AB), ["b", "a"], "ba"),
            (asks("match", choices=AB, partners=XY), ["y", "y"], "yy"),
            (asks("number"), ["1 250"], "1250"),
            (asks("number", decimals=1), ["3,50"], "3.5"),
            (asks("number"), ["100"], "100"),
            (asks("number"), ["-0"], "0"),
            (asks("text"), ["  Un   mot e\u0301crit "], "Un mot écrit"),
            (asks("one", choices=AB, optional=True), [], ""),
        ],
    )
    def test_what_was_given_becomes_an_answer(
        self, asked: Question, given: list[str], answer: str
    ) -> None:
        assert asked.read(given) == answer

    @pytest.mark.parametrize(
        ("asked", "given"),
        [
            (asks("one", choices=AB), []),
            (asks("one", choices=AB), ["z"]),
            (asks("one", choices=AB), ["a", "b"]),
            (asks("several", choices=ABC), ["a", "c"]),
            (asks("order", choices=AB), ["a"]),
            (asks("order", choices=AB), ["a", "a"]),
            (asks("match", choices=AB, partners=XY), ["x"]),
            (asks("match", choices=AB, partners=XY), ["x", "z"]),
            (asks("number"), ["twelve"]),
            (asks("number"), ["NaN"]),
            (asks("number"), ["1e400"]),
            (asks("number"), ["3.5"]),
            (asks("number", least=6, most=20), ["21"]),
            (asks("number", least=6), ["5"]),
            (asks("number", most=20), ["21"]),
            (asks("text", longest=3), ["four"]),
            (asks("text"), ["a\x00b"]),
        ],
    )
    def test_what_is_no_answer_is_refused(self, asked: Question, given: list[str]) -> None:
        with pytest.raises(AnswerFaulty):
            asked.read(given)


class TestRight:
    def test_each_kind_knows_its_right_answer(self) -> None:
        several = asks("several", choices=AB, right="ab")
        assert several.is_right("ab")
        assert not several.is_right("a")
        assert not asks("order", choices=AB, right="ba").is_right("ab")
        assert asks("match", choices=AB, partners=XY, right="yx").is_right("yx")
        assert asks("number", right=3018).is_right("3018")
        assert asks("number", right_span={"least": 5, "most": 7}).is_right("6")
        assert asks("text", right=["Mot de passe", "code"]).is_right("mot-de-passe !")

    def test_a_question_of_a_survey_has_none(self) -> None:
        asked = asks("one", choices=AB)
        assert not asked.has_right
        assert not asked.is_right("a")
        assert not asks("one", choices=AB, right="a").is_right("")


@pytest.mark.parametrize(
    "faulty",
    [
        {"kind": "one"},
        {"kind": "text", "choices": AB},
        {"kind": "match", "choices": AB},
        {"kind": "one", "choices": [AB[0], AB[0]]},
        {"kind": "one", "choices": AB, "right": "z"},
        {"kind": "several", "choices": ABC, "right": "ac"},
        {"kind": "one", "choices": AB, "when": [{"question": "q0", "isn": "a"}]},
    ],
)
def test_a_faulty_question_is_refused(faulty: dict[str, Any]) -> None:
    with pytest.raises(PackFaulty):
        question({"code": "q", "asks": {"en": "What?"}, **faulty}, where="test")


def test_a_matrix_is_a_question_a_row() -> None:
    rows = [{"code": code, "asks": {"en": code}} for code in ("home", "school")]
    asked = questions(
        [
            {
                "code": "where",
                "kind": "one",
                "asks": {"en": "How often?"},
                "choices": AB,
                "rows": rows,
            }
        ],
        where="test",
    )
    assert [each.code for each in asked] == ["where-home", "where-school"]
    assert {str(each.stem) for each in asked} == {"How often?"}


FAMILY = questionnaire(
    [
        {
            "code": "all",
            "questions": [
                {
                    "code": "child",
                    "kind": "one",
                    "asks": {"en": "Have you a child?"},
                    "choices": [
                        AB[0],
                        {"code": "b", "says": {"en": "No"}, "ends": {"en": "Thanks."}},
                    ],
                },
                {"code": "age", "kind": "number", "asks": {"en": "How old?"}, "optional": True},
                {
                    "code": "phone",
                    "kind": "one",
                    "asks": {"en": "A phone?"},
                    "choices": AB,
                    "when": [{"question": "age", "least": 11}],
                },
                {
                    "code": "why",
                    "kind": "text",
                    "asks": {"en": "Why?"},
                    "when": [{"question": "phone", "not": "a"}],
                },
            ],
        }
    ],
    where="test",
)


class TestQuestionnaire:
    @pytest.mark.parametrize(
        ("answers", "following"),
        [
            ({}, "child"),
            ({"child": "a"}, "age"),
            ({"child": "a", "age": "12"}, "phone"),
            ({"child": "a", "age": "9"}, None),
            ({"child": "a", "age": ""}, None),
            ({"child": "a", "age": "12", "phone": "b"}, "why"),
            ({"child": "a", "age": "12", "phone": "a"}, None),
            ({"child": "b"}, None),
        ],
    )
    def test_each_answer_leads_to_the_next_question(
        self, answers: dict[str, str], following: str | None
    ) -> None:
        found = FAMILY.following(answers)
        assert (found.code if found else None) == following

    def test_an_answer_to_what_is_no_longer_asked_counts_for_nothing(self) -> None:
        answers = {"child": "a", "age": "9", "phone": "b", "why": "Why not"}
        assert FAMILY.counted(answers) == {"child": "a", "age": "9"}

    def test_an_answer_may_end_it_with_words(self) -> None:
        assert str(FAMILY.closing({"child": "b"})) == "Thanks."
        assert FAMILY.closing({"child": "a"}) is None
