"""Read which removals a person asks for."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.fields import CodeField, DayField
from balise.takedown.watch.queries import By

_A_YEAR = timedelta(days=365)


class RemovalsForm(forms.Form):
    """A period, and what to tell removals apart by; without a word, the last year by host."""

    by = CodeField(By, label=_("Group by"), empty_value=None, required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def _chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() else None

    @property
    def by_what(self) -> By:
        return self._chosen("by") or By.HOST

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day; turned round if they were."""
        until = self._chosen("until") or today()
        since = self._chosen("since") or until - _A_YEAR
        return min(since, until), max(since, until)
