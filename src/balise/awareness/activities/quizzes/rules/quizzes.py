"""A quiz as a pack or a centre's file writes it: questions, and what the end of it says. Pure.

[[quizzes]]
code, audience, minutes, title, lead, learnt = […], act, talk
[[quizzes.questions]]      as `questions/rules/reading.py` reads them
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any, Final

import orjson

from balise.awareness.activities.quizzes.rules import PACKAGE
from balise.awareness.activities.quizzes.rules.words import Audience
from balise.awareness.questions.rules.questionnaires import Questionnaire
from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.questions.rules.reading import questionnaire
from balise.foundation.packs import PackFaulty, Words, load

MOST_BYTES: Final = 200_000  # of a file
MOST_QUESTIONS: Final = 30
LONGEST_ANSWER: Final = 60  # characters of a typed answer: all answers stand in an address


@dataclass(frozen=True)
class Quiz:
    """A quiz. `learnt` are its sentences to keep, `act` one thing to do, `talk` whom to talk to.

    `mark` tells one wording from another: answers of one are not those of the next.
    """

    code: str
    audience: Audience
    minutes: int
    title: Words
    lead: Words
    learnt: tuple[Words, ...]
    act: Words
    talk: Words
    whole: Questionnaire
    mark: str

    @property
    def name(self) -> str:
        """Return its title, or its code where it has none in this language yet."""
        return str(self.title) or self.code

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions, in order."""
        return self.whole.questions


def read(told: Mapping[str, Any]) -> Quiz:
    """Return a quiz as it is written. Raises PackFaulty, saying where."""
    try:
        code = str(told["code"])
        found = Quiz(
            code=code,
            audience=Audience(told["audience"]),
            minutes=int(told["minutes"]),
            title=Words.read(told["title"], where=f"{code}.title"),
            lead=Words.read(told["lead"], where=f"{code}.lead"),
            learnt=tuple(Words.read(each, where=f"{code}.learnt") for each in told["learnt"]),
            act=Words.read(told["act"], where=f"{code}.act"),
            talk=Words.read(told["talk"], where=f"{code}.talk"),
            whole=questionnaire([{"code": code, "questions": told["questions"]}], where="quiz"),
            mark=_mark(told),
        )
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, PackFaulty):
            raise
        raise PackFaulty(f"{told.get('code', 'quiz')}: {fault!r}") from fault
    _refuse_faulty(found)
    return found


def _mark(told: Mapping[str, Any]) -> str:
    octets = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return blake2b(octets, digest_size=4).hexdigest()


def _refuse_faulty(quiz: Quiz) -> None:
    if not 1 <= len(quiz.questions) <= MOST_QUESTIONS:
        raise PackFaulty(f"{quiz.code}: a quiz has 1 to {MOST_QUESTIONS} questions")
    for each in quiz.questions:
        if each.kind is QuestionKind.TEXT and each.longest > LONGEST_ANSWER:
            raise PackFaulty(
                f"{quiz.code}.{each.code}: a typed answer has {LONGEST_ANSWER} characters at most"
            )


@cache
def pack(country: str) -> Mapping[str, Quiz]:
    """Return the quizzes of a country's pack by their codes, in order. Raises PackFaulty."""
    found = [read(each) for each in load(PACKAGE, country=country, name="quizzes")["quizzes"]]
    if len({each.code for each in found}) != len(found):
        raise PackFaulty("quizzes: two have one code")
    return {each.code: each for each in found}
