"""What is stored of answers: codes in lines, read again as columns; across versions too."""

from datetime import date
from typing import Any

import pytest

from balise.awareness.surveys.models import AnswerSet, Survey, Wording
from balise.awareness.surveys.queries.answers import answers_of
from balise.awareness.surveys.rules import tabulating, weighting

AB = [{"code": code, "says": {"fr": code.upper()}} for code in "ab"]
TALKS = {"code": "talks", "kind": "one", "asks": {"fr": "En parlez-vous ?"}, "choices": AB}
WHY = {
    "code": "why",
    "kind": "one",
    "asks": {"fr": "Pourquoi ?"},
    "choices": AB,
    "when": [{"question": "talks", "is": "b"}],
}
AGE = {"code": "age", "kind": "number", "asks": {"fr": "Quel âge ?"}, "optional": True}
SAY = {"code": "say", "kind": "text", "asks": {"fr": "Que dire ?"}, "optional": True}


def source(*questions: dict[str, Any]) -> weighting.Source:
    return {"sections": [{"code": "all", "questions": list(questions)}]}


def test_an_answer_is_a_line_of_codes_without_free_text_and_without_what_is_not_asked() -> None:
    asked = weighting.questionnaire(source(TALKS, WHY, AGE, SAY))
    given = {"talks": "a", "why": "b", "age": "", "say": "Ma fille Zoé"}

    line = tabulating.packed(asked, given)

    assert line == "a\t\t-"
    assert tabulating.texts(asked, given) == [("say", "Ma fille Zoé")]
    assert tabulating.columns(asked, [line, "b\ta\t12"]) == (
        ("talks", "why", "age"),
        (("a", "b"), ("", "a"), ("-", "12")),
    )


def test_a_hash_is_of_the_wording_and_not_of_how_it_is_written_down() -> None:
    assert weighting.digest({"a": 1, "b": "é"}) == weighting.digest({"b": "é", "a": 1})
    assert weighting.digest(source(TALKS)) != weighting.digest(source(AGE))


@pytest.mark.django_db
def test_answers_of_two_versions_stand_in_one_column() -> None:
    survey = Survey.objects.create(
        slug="parents", words={}, opens_on=date(2026, 10, 12), closes_on=date(2026, 10, 30)
    )
    for number, (asked, line) in enumerate(
        ((source(TALKS), "a"), (source(TALKS, AGE), "b\t12")), 1
    ):
        wording = Wording.objects.create(
            survey=survey,
            number=number,
            source=asked,
            hash=weighting.digest(asked),
            published_on=date(2026, 10, 12),
        )
        AnswerSet.objects.create(wording=wording, day=date(2026, 10, 20), answers=line)

    found = answers_of(survey.id)

    assert (found.many, list(found.wordings)) == (2, [1, 2])
    assert {code: list(each) for code, each in found.by_question.items()} == {
        "talks": ["a", "b"],
        "age": ["", "12"],
    }
