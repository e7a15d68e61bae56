"""What is wrong with questions is found before anyone is asked, and nothing else is."""

from typing import Any

import pytest

from balise.awareness.questions.rules.checking import check
from balise.awareness.questions.rules.plain import NotPlain, refuse_markup
from balise.awareness.questions.rules.reading import questionnaire
from balise.awareness.questions.rules.ways import ways

AB = [{"code": code, "says": {"en": code.upper()}} for code in "ab"]


def one(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "one", "asks": {"en": "What?"}, "choices": AB, **more}


def number(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "number", "asks": {"en": "How many?"}, **more}


def found(*rows: dict[str, Any], is_quiz: bool = False) -> list[tuple[str, str]]:
    whole = questionnaire([{"code": "all", "questions": rows}], where="test")
    return [(each.code, each.where) for each in check(whole, ["en"], goal=6, is_quiz=is_quiz)]


def test_nothing_is_found_in_questions_that_are_right() -> None:
    explained = {"right": "a", "says": {"en": "So."}, "source": {"en": "Us."}}
    rows = [one("q1", **explained), one("q2", when=[{"question": "q1", "is": "a"}], **explained)]
    assert found(*rows, is_quiz=True) == []


@pytest.mark.parametrize(
    "rows",
    [
        # two answers that exclude each other
        [
            one("q1"),
            one("q2", when=[{"question": "q1", "is": "a"}, {"question": "q1", "is": "b"}]),
        ],
        # numbers that no answer has: the question before takes whole ones from 6 to 18
        [number("q1", least=6, most=18), one("q2", when=[{"question": "q1", "least": 19}])],
        # only behind a question that is not asked then
        [
            one("q1"),
            one("b", when=[{"question": "q1", "is": "a"}]),
            one("q2", when=[{"question": "b", "is": "a"}, {"question": "q1", "is": "b"}]),
        ],
    ],
)
def test_a_question_that_nobody_can_reach_is_found(rows: list[dict[str, Any]]) -> None:
    assert ("unreachable", "q2") in found(*rows)


def test_a_question_behind_a_number_between_two_others_is_reached() -> None:
    rows = [
        number("age", least=0, most=120),
        one("teens", when=[{"question": "age", "least": 13, "most": 13}]),
        one("late", when=[{"question": "age", "not": "", "least": 13}]),
    ]
    assert found(*rows) == []


def test_conditions_on_what_is_not_before_or_does_not_suit_are_found() -> None:
    rows = [
        one("q1", when=[{"question": "q2", "is": "a"}]),
        one("q2", when=[{"question": "nowhere", "is": "a"}]),
        one("q3", when=[{"question": "q2", "is": "z"}, {"question": "q1", "least": 3}]),
    ]
    assert found(*rows) == [
        ("condition-later", "q1"),
        ("condition-unknown", "q2"),
        ("condition-unfit", "q3"),
        ("condition-unfit", "q3"),
    ]


def test_an_answer_that_leads_nowhere_is_found_and_one_with_closing_words_is_not() -> None:
    later = [one(code, when=[{"question": "q1", "is": "a"}]) for code in ("q2", "q3")]
    assert found(one("q1"), *later) == [("nowhere", "q1")]
    ends = [AB[0], {**AB[1], "ends": {"en": "Thanks."}}]
    assert found(one("q1", choices=ends), *later) == []


def test_a_quiz_without_answer_explanation_or_source_is_told_so() -> None:
    assert found(one("q1"), is_quiz=True) == [
        ("right", "q1"),
        ("explanation", "q1"),
        ("source", "q1"),
    ]


def test_a_missing_language_and_a_long_sentence_are_found() -> None:
    rows = [
        one("q1", asks={"fr": "Quoi ?"}),
        one("q2", asks={"en": "This is a sentence that has too many words."}),
    ]
    assert found(*rows) == [("language", "q1"), ("reading", "q2")]


def test_two_hundred_questions_are_walked_each_state_once() -> None:
    rows = [one("q0")] + [
        one(f"q{nth}", when=[{"question": f"q{nth - 1}", "is": "ab"}]) for nth in range(1, 200)
    ]
    whole = questionnaire([{"code": "all", "questions": rows}], where="test")
    assert ways(whole).is_whole
    assert len(ways(whole).reached) == 200


def test_what_cannot_be_walked_whole_says_so() -> None:
    rows = [one(f"q{nth}") for nth in range(18)]
    rows.append(one("last", when=[{"question": f"q{nth}", "is": "a"} for nth in range(18)]))
    assert ("ways", "q0") in found(*rows)


@pytest.mark.parametrize(
    "text",
    [
        "<b>Bold</b>",
        "<img src=x onerror=alert(1)>",
        "<script>",
        "fish &amp; chips",
        "![cat](https://pictures.example/cat.png)",
        "https://pictures.example/cat.PNG",
        "//pictures.example/cat.webp",
        "data:image/png;base64,AA",
        "a\u202eb",
    ],
)
def test_html_and_remote_pictures_are_refused(text: str) -> None:
    with pytest.raises(NotPlain):
        refuse_markup({"questions": [{"asks": {"en": text}}]})


@pytest.mark.parametrize("text", ["2 < 3 > 1", "R&D", "cnil.fr, 2022", "a & b", "Line\nline"])
def test_plain_words_are_taken(text: str) -> None:
    refuse_markup({"asks": {"en": text}, "least": 3})
