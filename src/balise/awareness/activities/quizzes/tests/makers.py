"""Quizzes answered and written, the way people do it."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from uuid import UUID

from balise.awareness.activities.quizzes import actions
from balise.awareness.activities.quizzes.access import links
from balise.awareness.activities.quizzes.queries import quiz
from balise.awareness.activities.quizzes.rules import PACKAGE, Mode, Path
from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE

CODE = "11-13"


def example(**more: Any) -> dict[str, Any]:
    """Return the quiz of the example file, with other words for some of it."""
    text = files(PACKAGE).joinpath("documents", "example.toml").read_text("utf-8")
    (told,) = tomllib.loads(text)["quizzes"]
    return {**told, **more}


def rightly(question: Question) -> list[str]:
    """Return the right answer to a question, as a form gives it."""
    if question.right_span is not None:
        return [str(question.right_span.least)]
    right = question.right[0]
    return list(right) if question.choices else [right]


def wrongly(question: Question) -> list[str]:
    """Return an answer to a question that is not the right one."""
    match question.kind:
        case QuestionKind.NUMBER:
            return ["1"]
        case QuestionKind.TEXT:
            return ["?"]
        case QuestionKind.ORDER:
            return list(reversed(question.right[0]))
        case QuestionKind.MATCH:
            return [question.partners[0].code] * len(question.choices)
        case _:
            return [next(each for each in question.letters if each not in question.right[0])]


def answered(path: Path, given: Callable[[Question], list[str]] = rightly) -> Path:
    """Return a path with all its questions answered."""
    found = quiz(path.quiz)
    while nth := path.next(found):
        question = path.asked(found)[nth - 1]
        path = actions.answer(
            token=links.carried(path), code=question.code, given=given(question), by=ANYONE
        )
    return path


def begun(code: str = CODE, mode: Mode = Mode.ALONE) -> Path:
    """Return a path that begins."""
    return actions.begin(code=code, mode=mode, by=ANYONE)


def first_time(given: Callable[[Question], list[str]] = wrongly) -> str:
    """Answer before a session, and return the six words for the time after it."""
    path = answered(begun(mode=Mode.BEFORE), given)
    return " ".join(actions.give_words(token=links.carried(path), language="fr", by=ANYONE))


def make_version(**more: Any) -> UUID:
    """Bring in the example's quiz as a version."""
    return actions.bring_in(told=example(**more), by=make_actor("editor"))


def make_published(**more: Any) -> str:
    """Publish the example's quiz, and return its code."""
    version = make_version(**more)
    return actions.publish(version_id=version, by=make_actor("awareness_lead"))
