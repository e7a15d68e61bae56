"""Read which period someone looks at, and where a new short link leads."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.awareness.usage.rules.periods import Per, Period, period_of
from balise.foundation.clock import today


class PeriodForm(forms.Form):
    """A kind of period and a day in it; without a word, this month."""

    per = forms.TypedChoiceField(
        label=_("Period"), choices=Per.choices, coerce=Per, empty_value=None, required=False
    )
    day = forms.DateField(
        label=_("A day of it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Return the form as it was sent, with what was left out."""
        given = {name: asked.get(name) for name in ("per", "day") if asked.get(name)}
        return cls({"per": Per.MONTH.value, "day": today().isoformat(), **given})

    @property
    def period(self) -> Period:
        return period_of(self._chosen("per") or Per.MONTH, self._chosen("day") or today())

    def _chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() else None


class LinkForm(forms.Form):
    """A new short link."""

    address = forms.CharField(
        label=_("Address of the page"),
        max_length=400,
        help_text=_("A page of this site, as it stands in the browser."),
    )
    campaign = forms.CharField(
        label=_("Campaign code"),
        max_length=40,
        required=False,
        help_text=_("Optional: it is counted with the link. Example: SID-2027."),
    )
