"""What is filled in about a danger: the questions, how it ends, why one person ends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.helpline.console.rules import LONGEST_ANSWER, Question
from balise.helpline.console.web.forms import Words
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.dangers import LONGEST_TOLD, Outcome

_WORDS = {"autocomplete": "off"}


class EndingForm(forms.Form):
    """How a danger ends: the outcome, the risk now, and a sentence for who agrees."""

    outcome = forms.TypedChoiceField(
        label=_("Outcome of the danger"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    risk = forms.TypedChoiceField(
        label=_("Risk now"),
        choices=[(one.value, one.label) for one in (Risk.B, Risk.C, Risk.D, Risk.E)],
        coerce=Risk,
    )
    told = Words(
        label=_("In a sentence: what was done, who was told, what follows"),
        max_length=LONGEST_TOLD,
        widget=forms.Textarea({"rows": 2, **_WORDS}),
    )


class AloneForm(forms.Form):
    """Why one person ends a danger."""

    reason = Words(
        label=_("Why nobody can agree"),
        max_length=LONGEST_TOLD,
        widget=forms.Textarea({"rows": 3, **_WORDS}),
    )


class ChecklistForm(forms.Form):
    """The six questions where a life may be in danger."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = Words(
                label=question.label,
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 2, **_WORDS}),
            )
