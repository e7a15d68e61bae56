"""Which period to show."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.foundation.web.fields import DayField
from balise.steering.rules.periods import Against, Period, Preset, custom, preset


class PeriodForm(forms.Form):
    """A period by its name, or between two days; the current month where nothing is asked."""

    usual = Preset.THIS_MONTH
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
            return self.cleaned_data.get("period") or self.usual
        return "" if self.is_valid() else self.usual

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


class FigureForm(PeriodForm):
    """A period of a figure, what it is compared with, and the day on which it was known."""

    usual = Preset.THIS_YEAR
    against = forms.ChoiceField(label=_("Compared with"), choices=Against.choices, required=False)
    known_by = DayField(label=_("As known on"), required=False)

    @property
    def against_what(self) -> Against:
        """Return what to compare with: the year before, unless something else is asked."""
        asked = self.cleaned_data.get("against") if self.is_valid() else ""
        return Against(asked or Against.YEAR_BEFORE)

    @property
    def day_known(self) -> date | None:
        """Return the day on which it was known; None for today."""
        day: date | None = self.cleaned_data.get("known_by") if self.is_valid() else None
        return day if day and day < today() else None

    @property
    def asked(self) -> dict[str, str]:
        """Return what is asked, for a link that shows the same."""
        found = {
            "first": self.chosen.first.isoformat(),
            "last": self.chosen.last.isoformat(),
            "against": self.against_what.value,
        }
        return {**found, "known_by": self.day_known.isoformat()} if self.day_known else found
