"""The words and decisions of quizzes: no database, no clock, no settings.

A quiz as a pack or a centre's file writes it: questions, and what the end of it says. Pure.

[[quizzes]]
code, audience, minutes, title, lead, learnt = […], act, talk
[[quizzes.questions]]      as `questions/rules/reading.py` reads them
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import Any, Final, Self
from uuid import UUID

import orjson
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.questions.rules.checking import Finding, check, check_words
from balise.awareness.questions.rules.questions import (
    AnswerFaulty,
    Question,
    QuestionKind,
    Questionnaire,
)
from balise.awareness.questions.rules.reading import questionnaire
from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused

PACKAGE: Final = "balise.awareness.activities.quizzes"


# The code lists of quizzes.


class Audience(TextChoices):
    """Whom a quiz is written for."""

    CHILDREN = "8-10", _("8–10 years")
    TEENS = "11-13", _("11–13 years")
    OLDER = "14-16", _("14–16 years")
    PARENTS = "parents", _("Parents")

    @property
    def is_young(self) -> bool:
        """Return whether its pages are those of young people."""
        return self is not Audience.PARENTS

    @property
    def goal(self) -> int:
        """Return how many words a sentence may have."""
        return _GOALS.get(self, 20)


_GOALS = {Audience.CHILDREN: 12, Audience.TEENS: 15}


class What(TextChoices):
    """What is counted of a quiz by day; `GAIN` counts pairs, and its total is answers gained."""

    STARTED = "started", pgettext_lazy("quiz", "started")
    FINISHED = "finished", pgettext_lazy("quiz", "finished")
    CLASS = "class", pgettext_lazy("quiz", "played by a class")
    GAIN = "gain", pgettext_lazy("quiz", "answered before and after")


class Mode(TextChoices):
    """How someone answers: explained at once, or before a session and after it."""

    ALONE = "", ""
    BEFORE = "b", ""
    AFTER = "a", ""


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


# How far someone is in a quiz: what they answered, and nothing of who they are. Pure.
#
# A path stands in the addresses of the pages and is kept nowhere.


PAIRED: Final = timedelta(days=60)  # how long the answers before wait for those after


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a quiz, by the codes of its questions; "" is a question that was skipped.

    `mark` is that of the wording that was answered. `pair` names the answers before, where these
    are the answers after.
    """

    id: UUID
    quiz: str
    mark: str
    mode: Mode = Mode.ALONE
    answers: Mapping[str, str] = field(default_factory=dict)
    pair: UUID | None = None

    def answered(self, code: str, answer: str) -> Self:
        """Return the path with one more answer."""
        return replace(self, answers={**self.answers, code: answer})

    def asked(self, quiz: Quiz) -> tuple[Question, ...]:
        """Return the questions that its answers lead to."""
        return quiz.whole.asked(self.answers)

    def next(self, quiz: Quiz) -> int:
        """Return the number of the first question without an answer, from 1; 0 when none is."""
        left = (
            nth for nth, each in enumerate(self.asked(quiz), 1) if each.code not in self.answers
        )
        return next(left, 0)

    def right(self, quiz: Quiz) -> int:
        """Return how many answers are right: for the gain, and shown to nobody."""
        return sum(each.is_right(self.answers.get(each.code, "")) for each in self.asked(quiz))

    def of_now(self, quiz: Quiz) -> Self:
        """Return the path with what still fits of it, where the quiz was changed meanwhile."""
        if self.mark == quiz.mark:
            return self
        fits: dict[str, str] = {}
        for each in quiz.questions:
            answer = self.answers.get(each.code)
            if answer is not None and _fits(each, answer):
                fits[each.code] = answer
        return replace(self, mark=quiz.mark, answers=fits, pair=None)

    def told(self) -> dict[str, Any]:
        """Return what `read` takes: as short as it can be, for it stands in addresses."""
        whole = {"w": self.mode.value, "a": self.answers, "p": self.pair and self.pair.hex}
        first = {"i": self.id.hex, "q": self.quiz, "m": self.mark}
        return {**first, **{name: value for name, value in whole.items() if value}}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return the path that `told` wrote."""
        return cls(
            UUID(told["i"]),
            told["q"],
            told["m"],
            Mode(told.get("w", "")),
            told.get("a", {}),
            UUID(told["p"]) if "p" in told else None,
        )


def _fits(question: Question, answer: str) -> bool:
    if not answer:
        return True
    try:
        return question.read(list(answer) if question.choices else [answer]) == answer
    except AnswerFaulty:
        return False


# What is found in a quiz before it is published. Pure.


def findings(quiz: Quiz, *, languages: Sequence[str]) -> tuple[Finding, ...]:
    """Return what is to be put right, in the order of the quiz."""
    goal = quiz.audience.goal
    own = {
        "title": [quiz.title],
        "lead": [quiz.lead],
        "learnt": quiz.learnt,
        "act": [quiz.act],
        "talk": [quiz.talk],
    }
    around = chain.from_iterable(
        check_words(where, words, languages, goal=goal) for where, words in own.items()
    )
    return (*around, *check(quiz.whole, languages, goal=goal, is_quiz=True))


# What is refused of a quiz.


class QuizFaulty(Refused, code="quiz-faulty"):
    """A file is no quiz: it says where it fails."""

    field = "file"


class QuizNotReady(Refused, code="quiz-not-ready"):
    """A version has findings that must be put right before it is published."""


class QuizNotPublic(Refused, code="quiz-not-public"):
    """There is nothing to withdraw: the quiz is not public."""
