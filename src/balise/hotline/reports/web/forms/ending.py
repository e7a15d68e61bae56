"""What an analyst fills in to end a removal by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.hotline.reports.rules.ending import Told


class GoneForm(forms.Form):
    """It is gone: seen on a day."""

    gone_on = forms.DateField(
        label=_("Seen gone on"),
        help_text=_("The day on which you looked and it was no longer there."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class GivenUpForm(forms.Form):
    """Nothing more can be done: who was told."""

    told = forms.TypedMultipleChoiceField(
        label=_("Person told"),
        help_text=_("The reporter reads that it is illegal and that nobody is left to ask."),
        choices=Told.choices,
        coerce=Told,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
