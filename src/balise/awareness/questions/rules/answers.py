"""The right answer to a question in words, as paper and a projected page say it. Pure."""

from collections.abc import Sequence
from string import ascii_uppercase

from django.utils.translation import gettext as _

from balise.awareness.questions.rules.questions import Choice, Question, QuestionKind


def lettered(choices: Sequence[Choice]) -> list[tuple[str, Choice]]:
    """Return choices with the capital letters that a page or a paper shows, in their order."""
    return list(zip(ascii_uppercase, choices, strict=False))


def right_answer(question: Question) -> list[str]:
    """Return the right answer, one line each; nothing for a question that has none."""
    right = question.right[0] if question.right else ""
    letters = {each.code: letter for letter, each in lettered(question.choices)}
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SEVERAL:
            return [f"{letters[each.code]}. {each.says}" for each in question.chosen(right)]
        case QuestionKind.ORDER:
            return [f"{nth}. {each.says}" for nth, each in enumerate(question.chosen(right), 1)]
        case QuestionKind.MATCH:
            return [f"{one.says} – {other.says}" for one, other in question.pairs(right)]
        case _:
            return [_number(question) or right] if question.has_right else []


def _number(question: Question) -> str:
    span, unit = question.right_span, str(question.unit or "")
    if span is None:
        return f"{question.right[0]} {unit}".strip() if question.kind is QuestionKind.NUMBER else ""
    if span.least is None or span.most is None:
        return f"{span.least if span.most is None else span.most} {unit}".strip()
    told = {"least": span.least, "most": span.most, "unit": unit}
    return (_("From %(least)s to %(most)s %(unit)s") % told).strip()
