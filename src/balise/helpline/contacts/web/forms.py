"""Read how someone says it was: nothing is asked that one must answer."""

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from balise.helpline.contacts.rules.asking import Answer, Mood


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
