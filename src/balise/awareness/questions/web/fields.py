"""The fields of a question, all by keyboard and without JavaScript."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from balise.awareness.questions.rules.questions import Choice, Question, QuestionKind

_ANSWER = "answer"


class QuestionForm(forms.Form):
    """One question: choices, a number for each step, what goes with each line, or a typed answer.

    What is missing or faulty is said by `Question.read`, which an action calls.
    """

    def __init__(self, question: Question, *args: Any, label: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        label = label or str(question.asks)  # where the page's heading does not ask it
        self._question = question
        needed = not question.is_optional
        choices = _named(question.choices)
        match question.kind:
            case QuestionKind.ONE:
                self.fields[_ANSWER] = forms.ChoiceField(
                    label=label, choices=choices, widget=forms.RadioSelect, required=needed
                )
            case QuestionKind.SEVERAL:
                self.fields[_ANSWER] = forms.MultipleChoiceField(
                    label=label,
                    choices=choices,
                    widget=forms.CheckboxSelectMultiple,
                    required=needed,
                )
            case QuestionKind.ORDER:
                places = [("", "–"), *((nth, nth) for nth in range(1, len(choices) + 1))]
                for letter, says in choices:
                    self.fields[letter] = forms.TypedChoiceField(
                        label=says, choices=places, coerce=int, required=needed
                    )
            case QuestionKind.MATCH:
                partners = [("", "–"), *_named(question.partners)]
                for letter, says in choices:
                    self.fields[letter] = forms.ChoiceField(
                        label=says, choices=partners, required=needed
                    )
            case QuestionKind.NUMBER:
                self.fields[_ANSWER] = forms.CharField(
                    label=label,
                    help_text=str(question.unit or ""),
                    required=needed,
                    max_length=20,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                )
            case QuestionKind.TEXT:
                self.fields[_ANSWER] = forms.CharField(
                    label=label,
                    required=needed,
                    max_length=question.longest,
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )

    @property
    def has_lines(self) -> bool:
        """Whether each choice has a field of its own, so that the question needs a legend."""
        return self._question.kind in {QuestionKind.ORDER, QuestionKind.MATCH}

    @property
    def is_order(self) -> bool:
        """Whether the lines are numbered."""
        return self._question.kind is QuestionKind.ORDER

    @property
    def given(self) -> Sequence[str]:
        """Return what `Question.read` takes; nothing where two steps have one number."""
        if not self.has_lines:
            found = self.cleaned_data[_ANSWER]
            return [found] if isinstance(found, str) else list(found)
        lines = [self.cleaned_data.get(letter, "") for letter in self._question.letters]
        if not self.is_order:
            return lines if any(lines) else ()
        places = dict(zip(lines, self._question.letters, strict=True))
        if len(places) < len(lines) or "" in places:
            return ()
        return [places[nth] for nth in sorted(places)]


def _named(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(each.code, str(each.says)) for each in choices]


# What a page says of a question, and of an answer: what was chosen, what is right, and why.


def page(
    question: Question, form: QuestionForm, *, nth: int, many: int, answer: str = ""
) -> Mapping[str, Any]:
    """Return the context of `questions/question.html`, for the nth of so many questions."""
    dots = [at <= nth for at in range(1, many + 1)]
    counted = {"nth": nth, "many": many, "dots": dots, "is_last": nth == many}
    return {"form": form, **counted, **told(question, answer)}


def told(question: Question, answer: str) -> Mapping[str, Any]:
    """Return the context of `questions/parts.html#answered`."""
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
