"""How someone says it was, where nothing must be answered; ready answers; files for others."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _, pgettext, pgettext_lazy

from balise.foundation.web.fields import CodeField, LongTextField
from balise.helpline.contacts.rules.asking import Answer, Mood
from balise.helpline.contacts.rules.canned import LONGEST_ANSWER, LONGEST_NAME
from balise.helpline.contacts.rules.reports import quarter


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
    helpful = CodeField(
        Answer,
        label=pgettext_lazy("youth", "Did it help you?"),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    recommends = CodeField(
        Answer,
        label=pgettext_lazy("youth", "Would you tell a friend about us?"),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )

    def given(self) -> dict[str, Any]:
        """Return what was answered, None for what was not."""
        return {name: self.cleaned_data[name] for name in self.fields}


class AnswerForm(forms.Form):
    """The words of a ready answer."""

    text = LongTextField(
        label=_("Words of the answer"),
        help_text=_("Up to 1,000 characters."),
        max_length=LONGEST_ANSWER,
        rows=3,
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


class QuarterForm(forms.Form):
    """Which quarter, of those that are over; the last one at first."""

    def __init__(self, given: Any = None, *, quarters: Sequence[tuple[int, int]]) -> None:
        super().__init__(given, prefix="insafe")
        self.fields["period"] = forms.TypedChoiceField(
            label=_("Quarter"),
            choices=[(f"{year}-{number}", _months(year, number)) for year, number in quarters],
            coerce=lambda text: tuple(int(part) for part in text.split("-")),
        )


class YearForm(forms.Form):
    """Which year, of those that are over; the last one at first."""

    def __init__(self, given: Any = None, *, years: Sequence[int]) -> None:
        super().__init__(given, prefix="chi")
        self.fields["period"] = forms.TypedChoiceField(
            label=_("Year"), choices=[(year, str(year)) for year in years], coerce=int
        )


def _months(year: int, number: int) -> str:
    first, last = quarter(year, number)
    return pgettext("quarter", "%(first)s to %(last)s") % {
        "first": date_format(first, "F"),
        "last": date_format(last, "F Y"),
    }
