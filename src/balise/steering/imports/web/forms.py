"""A file that is brought, a number as it is printed, a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.files.uploads import refuse_what_did_not_come
from balise.foundation.refusals import refusals_as
from balise.foundation.statistics.quantities import Quantity
from balise.foundation.web.fields import LongTextField
from balise.steering.imports.rules.cells import number_of


class NumberField(forms.CharField):
    """A number with its bound, read as it is printed: 22 900, 22,9 K, plus de 8 000."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("As it is printed: 22,900, 22,9 K or 1,2 M."))
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        with refusals_as(ValidationError):
            return number_of(text)


class FileForm(forms.Form):
    """A file of rows."""

    file = forms.FileField(label=_("File (CSV or XLSX)"))

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        refuse_what_did_not_come(sent)
        return sent


class WithdrawForm(forms.Form):
    """Why something counts no more."""

    why = LongTextField(label=pgettext_lazy("steering", "Reason"), rows=2, max_length=500)


def printed_of(quantity: Quantity | None) -> str:
    """Return a number as its field has it: what bounds it is said before."""
    if quantity is None:
        return ""
    before = {"about": "~", "at_least": "≥", "at_most": "≤"}.get(quantity.bound.value, "")
    return f"{before}{quantity.value:f}"
