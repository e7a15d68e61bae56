"""How someone says it was, where nothing must be answered; a listener's ready answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from balise.helpline.contacts.rules.asking import Answer, Mood
from balise.helpline.contacts.rules.canned import LONGEST_ANSWER, LONGEST_NAME


class AfterForm(forms.Form):
    """The two questions, and how one felt before and after."""

    before = forms.TypedChoiceField(
        label=pgettext_lazy("youth", "How did you feel before?"),
        choices=Mood.choices,
        coerce=lambda value: Mood(int(value)),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    after = forms.TypedChoiceField(
        label=pgettext_lazy("youth", "And now?"),
        choices=Mood.choices,
        coerce=lambda value: Mood(int(value)),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    helpful = forms.TypedChoiceField(
        label=pgettext_lazy("youth", "Did it help you?"),
        choices=Answer.choices,
        coerce=Answer,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    recommends = forms.TypedChoiceField(
        label=pgettext_lazy("youth", "Would you tell a friend about us?"),
        choices=Answer.choices,
        coerce=Answer,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )

    def given(self) -> dict[str, Any]:
        """Return what was answered, None for what was not."""
        return {name: self.cleaned_data[name] for name in self.fields}


class AnswerForm(forms.Form):
    """The words of a ready answer."""

    text = forms.CharField(
        label=_("Words of the answer"),
        help_text=_("Up to 1,000 characters."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewAnswerForm(AnswerForm):
    """A ready answer that is not there yet."""

    name = forms.CharField(
        label=_("Short name"),
        help_text=_(
            "Up to 30 letters. With the short name of a shared one, yours takes its place."
        ),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("name", "text")
