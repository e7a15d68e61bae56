"""Which period to show."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.foundation.web.fields import DayField
from balise.steering.rules.periods import Period, Preset, custom, preset


class PeriodForm(forms.Form):
    """A period by its name, or between two days; the current month where nothing is asked."""

    period = forms.ChoiceField(choices=Preset.choices, required=False, widget=forms.HiddenInput)
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be counted."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if not self.errors and self._is_custom(first, last):
            try:
                cleaned["chosen"] = custom(first, last, today=today())
            except Refused as refusal:
                self.add_error(None, refusal.message)
        return cleaned

    @property
    def code(self) -> str:
        """Return the code of the named period that is shown, "" for one between two days."""
        if self.is_valid() and not self._is_custom(
            self.cleaned_data.get("first"), self.cleaned_data.get("last")
        ):
            return self.cleaned_data.get("period") or Preset.THIS_MONTH
        return "" if self.is_valid() else Preset.THIS_MONTH

    @property
    def chosen(self) -> Period:
        """Return the period to show; the current month where what was asked is unreadable."""
        code = self.code
        if code:
            return preset(Preset(code), today=today())
        period: Period = self.cleaned_data["chosen"]
        return period

    @staticmethod
    def _is_custom(first: date | None, last: date | None) -> bool:
        return first is not None or last is not None
