"""A page of a survey: its questions with what was answered, and answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, pgettext

from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.questions.web.fields import QuestionForm
from balise.awareness.surveys.queries.drafts import Begun
from balise.awareness.surveys.queries.public import Shown
from balise.awareness.surveys.rules.steps import Step, steps


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is among those that the answers lead to; `before` is the address of the last."""

    nth: int
    many: int
    before: str


def forms_of(
    step: Step, posted: QueryDict | None, answers: Mapping[str, str]
) -> list[QuestionForm]:
    """Return the form of each question of a page, as it was answered."""
    is_alone = len(step.questions) == 1
    return [
        QuestionForm(
            each,
            posted,
            prefix=each.code,
            initial=initial(each, answers.get(each.code, "")),
            label=_("Answer") if is_alone else "",
        )
        for each in step.questions
    ]


def initial(question: Question, answer: str) -> dict[str, Any]:
    """Return what the fields of a question show of an answer."""
    match question.kind:
        case QuestionKind.ORDER:
            return {letter: nth for nth, letter in enumerate(answer, 1)}
        case QuestionKind.MATCH:
            return dict(zip(question.letters, answer, strict=False))
        case QuestionKind.SEVERAL:
            return {"answer": list(answer)}
        case _:
            return {"answer": answer}


def said(question: Question, answer: str | None) -> str:
    """Return an answer in words."""
    if answer is None:
        return pgettext("survey", "no answer yet")
    if not answer:
        return pgettext("survey", "left out")
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SEVERAL:
            return " · ".join(str(each.says) for each in question.chosen(answer))
        case QuestionKind.ORDER:
            chosen = enumerate(question.chosen(answer), 1)
            return " · ".join(f"{nth}. {each.says}" for nth, each in chosen)
        case QuestionKind.MATCH:
            return " · ".join(f"{one.says} – {other.says}" for one, other in question.pairs(answer))
        case _:
            return f"{answer} {question.unit or ''}".strip()


def place_of(step: Step, one: Begun) -> Place:
    """Return where a page stands."""
    found = steps(one.questionnaire, one.given.answers)
    at = [each.code for each in found].index(step.code)
    before = address("question", one, found[at - 1].code) if at else ""
    return Place(at + 1, len(found), before)


def address(name: str, one: Begun, *args: str) -> str:
    """Return the address of a page of a draft."""
    return reverse(f"surveys:{name}", args=[one.survey.slug, one.words.replace(" ", "-"), *args])


def language_of(survey: Shown) -> str:
    """Return in which language a survey is read here: one's own, else its first."""
    current = (get_language() or "")[:2]
    return current if current in survey.languages or not survey.languages else survey.languages[0]
