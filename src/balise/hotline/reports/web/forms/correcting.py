"""Read why a final verdict was wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import LongTextField
from balise.hotline.reports.rules.assessing import LONGEST_RATIONALE
from balise.hotline.reports.rules.words import Verdict


class CorrectionForm(forms.Form):
    """What the verdict should be, and why."""

    instead = forms.ChoiceField(
        label=_("It should be"), choices=[("", _("Choose")), *Verdict.choices]
    )
    reason = LongTextField(
        label=_("Why the verdict was wrong"), rows=3, max_length=LONGEST_RATIONALE
    )
