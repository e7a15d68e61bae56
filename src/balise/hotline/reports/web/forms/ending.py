"""What an analyst fills in to end a removal by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import DayField
from balise.hotline.reports.rules.ending import ToldParty


class GoneForm(forms.Form):
    """It is gone: seen on a day."""

    gone_on = DayField(
        label=_("Seen gone on"), help_text=_("The date on which you checked and it was gone.")
    )


class GivenUpForm(forms.Form):
    """Nothing more can be done: who was told."""

    told = forms.TypedMultipleChoiceField(
        label=_("Person told"),
        help_text=_("The reporter reads that it is illegal and that nobody else can be asked."),
        choices=ToldParty.choices,
        coerce=ToldParty,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
