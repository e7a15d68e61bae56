"""What is stored of an answer: codes alone, in the order of the questions. Pure.

An answer set is one line of text, a tab between two answers: "" where the question was not asked,
`LEFT_OUT` where it was asked and left out. Free texts are not in it: they stand in rows of their
own, with no link to it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from balise.awareness.questions.rules.questionnaires import Questionnaire
from balise.awareness.questions.rules.questions import QuestionKind

LEFT_OUT: Final = "-"
_BETWEEN: Final = "\t"


def codes(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the questions that an answer set has, in its order."""
    return tuple(
        each.code for each in questionnaire.questions if each.kind is not QuestionKind.TEXT
    )


def packed(questionnaire: Questionnaire, answers: Mapping[str, str]) -> str:
    """Return the line of an answer set; an answer to a question that is not asked is left away."""
    counted = questionnaire.counted(answers)
    return _BETWEEN.join(
        (counted[code] or LEFT_OUT) if code in counted else "" for code in codes(questionnaire)
    )


def columns(
    questionnaire: Questionnaire, lines: Sequence[str]
) -> tuple[tuple[str, ...], Sequence[Sequence[str]]]:
    """Return the codes of the questions, and for each of them the answers of all lines."""
    names = codes(questionnaire)
    if not lines:
        return names, tuple(() for _name in names)
    return names, tuple(zip(*(line.split(_BETWEEN) for line in lines), strict=True))


def texts(questionnaire: Questionnaire, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the free texts of an answer, each with the code of its question."""
    counted = questionnaire.counted(answers)
    return [
        (each.code, counted[each.code])
        for each in questionnaire.questions
        if each.kind is QuestionKind.TEXT and counted.get(each.code)
    ]
