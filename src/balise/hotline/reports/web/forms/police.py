"""Read what an analyst tells the police in words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import LongTextField
from balise.takedown.onward.dossiers.rules.facts import MAX_WORDS


class PoliceForm(forms.Form):
    """The words of a dossier; its facts come from the content."""

    rationale = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The police read this. Describe, never copy. Do not name a victim or a reporter. It "
            "begins with the reasons of the verdict."
        ),
        required=False,
        rows=5,
        max_length=MAX_WORDS,
    )
    urgent = forms.BooleanField(
        label=_("Someone may be in danger now"),
        help_text=_("For an emergency, call the police first: no dossier is read at once."),
        required=False,
    )
