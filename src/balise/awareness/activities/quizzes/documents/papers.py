"""A quiz on paper, as PDF/UA: a sheet to answer on without a name, and its answers explained."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

from django.conf import settings
from django.utils.translation import get_language, gettext as _, pgettext

from balise.awareness.activities.quizzes.rules import Quiz
from balise.awareness.questions.rules.questions import (
    Choice,
    Question,
    QuestionKind,
    lettered,
    right_answer,
)
from balise.foundation.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Line:
    """A choice: its letter on paper, its words, whether it is right."""

    letter: str
    says: str
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on paper. `how` says how to answer; `answer`, `says` and `source` explain it."""

    asks: str
    kind: str
    how: str
    choices: Sequence[Line]
    partners: Sequence[Line]
    answer: Sequence[str] = ()
    says: str = ""
    source: str = ""


def sheet(quiz: Quiz) -> bytes:
    """Return the sheet to answer on: no name is asked."""
    return _printed(quiz, _("Answer sheet. No name, no mark."), explains=False)


def answers(quiz: Quiz) -> bytes:
    """Return the answers, each explained, with its source."""
    return _printed(quiz, _("The answers, and why."), explains=True)


def _printed(quiz: Quiz, said: str, *, explains: bool) -> bytes:
    told = {
        "language": (get_language() or settings.LANGUAGE_CODE)[:2],
        "title": str(quiz.title),
        "organisation": settings.CENTRE.organisation,
        "said": f"{quiz.audience.label} · {said}",
        "page": pgettext("paper", "Page"),
        "lead": str(quiz.lead),
        "question": pgettext("paper", "Question"),
        "explains": explains,
        "questions": [asdict(_asked(each, explains=explains)) for each in quiz.questions],
        "end": [
            [_("Worth keeping"), *(f"{each}" for each in quiz.learnt)],
            [pgettext("quiz", "People to talk to"), str(quiz.talk), _numbers(quiz)],
        ],
    }
    return typeset(files(__package__).joinpath("quiz.typ"), told, timestamp=0)


def _numbers(quiz: Quiz) -> str:
    whom = "young" if quiz.audience.is_young else "adults"
    language = get_language() or settings.LANGUAGE_CODE
    known = settings.CENTRE.numbers_on("public", whom=whom)
    return " · ".join(f"{each.number} {each.label.in_language(language)}" for each in known)


def _asked(question: Question, *, explains: bool) -> Asked:
    right = question.right[0] if question.right else ""
    return Asked(
        str(question.asks),
        question.kind.value,
        _how(question),
        _lines(
            question.choices,
            right if question.kind in {QuestionKind.ONE, QuestionKind.SEVERAL} else "",
        ),
        _lines(question.partners, ""),
        right_answer(question) if explains else (),
        str(question.says or "") if explains else "",
        str(question.source or "") if explains else "",
    )


def _lines(choices: Sequence[Choice], right: str) -> list[Line]:
    return [Line(letter, str(each.says), each.code in right) for letter, each in lettered(choices)]


def _how(question: Question) -> str:
    match question.kind:
        case QuestionKind.ONE:
            return _("One answer.")
        case QuestionKind.SEVERAL:
            return _("Several answers.")
        case QuestionKind.ORDER:
            return _("Number the steps, the first one is 1.")
        case QuestionKind.MATCH:
            return _("Write the letter that goes with each line.")
        case QuestionKind.NUMBER:
            unit = str(question.unit or "")
            return f"{_('Write a number.')} ({unit})" if unit else _("Write a number.")
        case QuestionKind.TEXT:
            return _("Write an answer.")
