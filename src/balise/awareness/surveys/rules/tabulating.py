"""Answers as tables of counts: of one choice, of each that may be ticked, of what stands first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balise.awareness.questions.rules.questions import (
    Condition,
    Question,
    QuestionKind,
    Questionnaire,
)

# What is stored of an answer: codes alone, in the order of the questions. Pure.
#
# An answer set is one line of text, a tab between two answers: "" where the question was not
# asked, `LEFT_OUT` where it was asked and left out. Free texts are not in it: they stand in rows
# of their own, with no link to it.


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


YES: Final = "yes"
NO: Final = "no"

type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """The answers to one question: what was answered, each once, and which of it each person did.

    "" is no answer, of those who were not asked and those who left it out.
    """

    values: tuple[str, ...]
    of: NDArray[np.int32]
    asked: Flags

    @classmethod
    def read(cls, answers: Sequence[str]) -> "Column":
        """Return answers as they are stored (`rules.storing`)."""
        known = {value: nth for nth, value in enumerate(dict.fromkeys(answers))}
        of = np.fromiter(map(known.__getitem__, answers), dtype=np.int32, count=len(answers))
        values = tuple("" if value == LEFT_OUT else value for value in known)
        asked = of != known.get("", -1)
        return cls(values, of, asked)

    def only(self, kept: Flags) -> "Column":
        """Return the answers of some people."""
        return Column(self.values, self.of[kept], self.asked[kept])

    def where(self, holds: Sequence[bool]) -> Flags:
        """Return who gave a value of which something holds, told value by value."""
        return np.array(holds, dtype=np.bool_)[self.of]

    @property
    def answered(self) -> Flags:
        return self.where([bool(value) for value in self.values])

    @property
    def numbers(self) -> NDArray[np.float64]:
        """Return the number that each person answered, 0 where nothing."""
        return np.array([float(value or 0) for value in self.values])[self.of]

    def fulfils(self, condition: Condition) -> Flags:
        return self.where([condition.holds(value) for value in self.values])


@dataclass(frozen=True, slots=True)
class Tabulated:
    """Which of `answers` each person gave, -1 where none: exactly one of those who answered.

    `code` is that of the question, with a letter behind it where each choice has a table.
    """

    code: str
    answers: tuple[str, ...]
    of: NDArray[np.intp]

    def who(self, answer: str) -> Flags:
        """Return who gave this answer."""
        found: Flags = self.of == self.answers.index(answer)
        return found


def tables(question: Question, column: Column) -> list[Tabulated]:
    """Return the tables of a question: none of a number or a text.

    One choice is a table. Of several, each choice has one: ticked or not. An order is told by what
    stands first, a match by what went with each choice.
    """
    letters = tuple(question.letters)
    match question.kind:
        case QuestionKind.ONE | QuestionKind.ORDER:
            return [_table(question.code, letters, column, [value[:1] for value in column.values])]
        case QuestionKind.SEVERAL:
            return [
                _table(
                    f"{question.code}.{letter}",
                    (YES, NO),
                    column,
                    [value and (YES if letter in value else NO) for value in column.values],
                )
                for letter in letters
            ]
        case QuestionKind.MATCH:
            partners = tuple(each.code for each in question.partners)
            return [
                _table(
                    f"{question.code}.{letter}",
                    partners,
                    column,
                    [value[nth : nth + 1] for value in column.values],
                )
                for nth, letter in enumerate(letters)
            ]
        case _:
            return []


def _table(code: str, answers: tuple[str, ...], column: Column, said: Sequence[str]) -> Tabulated:
    places: Mapping[str, int] = {answer: nth for nth, answer in enumerate(answers)}
    of = np.array([places.get(each, -1) for each in said], dtype=np.intp)
    return Tabulated(code, answers, of[column.of])
