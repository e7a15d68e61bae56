"""What a page says of a question, and of an answer: what was chosen, what is right, and why."""

from collections.abc import Mapping
from typing import Any

from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.questions.web.fields import QuestionForm


def page(
    question: Question, form: QuestionForm, *, nth: int, many: int, answer: str = ""
) -> Mapping[str, Any]:
    """Return the context of `questions/question.html`, for the nth of so many questions."""
    dots = [at <= nth for at in range(1, many + 1)]
    counted = {"nth": nth, "many": many, "dots": dots, "is_last": nth == many}
    return {"form": form, **counted, **told(question, answer)}


def told(question: Question, answer: str) -> Mapping[str, Any]:
    """Return the context of `questions/parts/answered.html`."""
    return {
        "question": question,
        "is_answered": bool(answer),
        "is_right": question.is_right(answer),
        "choices": _lines(question, answer),
    }


def _lines(question: Question, answer: str) -> list[dict[str, object]]:
    right = question.right[0] if question.right else ""
    match question.kind:
        case QuestionKind.ORDER:
            steps = enumerate(question.chosen(right), 1)
            return [{"nth": nth, "says": each.says, "is_right": True} for nth, each in steps]
        case QuestionKind.MATCH:
            pairs = question.pairs(right)
            return [
                {"says": first.says, "goes_with": second.says, "is_right": True}
                for first, second in pairs
            ]
        case QuestionKind.NUMBER | QuestionKind.TEXT:
            given = {"says": answer, "is_chosen": True, "is_right": question.is_right(answer)}
            known = {"says": right, "is_chosen": False, "is_right": True}
            return [given] if given["is_right"] or not right else [given, known]
        case _:
            return [
                {
                    "says": each.says,
                    "is_chosen": each.code in answer,
                    "is_right": each.code in right,
                }
                for each in question.choices
            ]
