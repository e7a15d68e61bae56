"""The form that publishes an edition of results."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """Whether answers weigh by the known shares that the questionnaire names."""

    weighted = forms.BooleanField(
        label=_("Weigh answers to the known shares of the population"),
        help_text=_("The questionnaire names them. Where it names none, nothing is weighted."),
        required=False,
    )
