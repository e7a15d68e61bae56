"""What is filled in about a notice: what it says, and what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.takedown.notices.rules.letters import MAX_WORDS, Letter
from balise.takedown.notices.rules.states import Impediment, Outcome


class LetterForm(forms.Form):
    """What an analyst puts into a notice; its places and its moment stay as they were drafted."""

    explanation = forms.CharField(
        label=_("Why it is illegal"),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    details = forms.CharField(
        label=_("How to find it"),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what this notice says is accurate and complete"),
        required=False,
    )
    names_notifier = forms.BooleanField(
        label=_("Name the centre as the sender (required except for child sexual abuse)"),
        required=False,
    )

    @classmethod
    def of(cls, letter: Letter) -> "LetterForm":
        """Return the form that shows a letter."""
        names = ("explanation", "details", "in_good_faith", "names_notifier")
        return cls(initial={name: getattr(letter, name) for name in names})


class OutcomeForm(forms.Form):
    """What a host did with a notice."""

    outcome = forms.TypedChoiceField(
        label=_("What came of it"),
        choices=[(one.value, one.label) for one in Outcome],
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    impediment = forms.TypedChoiceField(
        label=_("Why the host says that it cannot act"),
        choices=[(one.value, one.label) for one in Impediment],
        coerce=Impediment,
        empty_value=Impediment.NONE,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Said in the language of the visit, not in that of the process that loaded the class.
        for name, words in (("outcome", Outcome), ("impediment", Impediment)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (one.value, one.label) for one in words
            ]
