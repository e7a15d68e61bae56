"""What a listener fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.helpline.cases.rules.received import LONGEST_NOTE, Outcome


class ClosingForm(forms.Form):
    """How a referral ended."""

    outcome = forms.TypedChoiceField(
        label=_("How did it end?"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Only you can read it. Encrypted."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
