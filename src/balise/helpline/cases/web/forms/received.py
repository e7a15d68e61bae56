"""What a listener fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField, LongTextField
from balise.helpline.cases.rules.received import LONGEST_NOTE, Outcome


class ClosingForm(forms.Form):
    """How a referral ended."""

    outcome = CodeField(Outcome, label=_("How did it end?"), widget=forms.RadioSelect)
    note = LongTextField(
        label=_("Note"),
        help_text=_("Only you can read it. Encrypted."),
        required=False,
        max_length=LONGEST_NOTE,
        rows=4,
        attrs={"autocomplete": "off"},
    )
