"""What someone fills in of the diary."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.web.components.page import line_name
from balise.foundation.web.fields import CodeField, DayField
from balise.steering.diary.rules.entries import LONGEST, EntryKind, EntryTold

_A_YEAR: Final = timedelta(days=364)
_LINES: Final = ("hotline", "helpline", "awareness", "steering")


class FilterForm(forms.Form):
    """What is listed; a year until today where nothing is said."""

    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("diary", "Kind"),
        choices=[("", pgettext_lazy("diary", "All")), *EntryKind.choices],
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data or None, initial={"last": today(), "first": today() - _A_YEAR})

    @property
    def chosen(self) -> tuple[date, date, EntryKind | None]:
        """The first and the last day, and the kind, as far as they are valid."""
        asked = self.cleaned_data if self.is_valid() else {}
        last = asked.get("last") or today()
        kind = EntryKind(asked["kind"]) if asked.get("kind") else None
        return asked.get("first") or last - _A_YEAR, last, kind


class EntryForm(forms.Form):
    """An entry, with a title in each language of the centre."""

    kind = CodeField(EntryKind, label=pgettext_lazy("diary", "Kind"))
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty for one day."))
    place = forms.CharField(
        label=pgettext_lazy("diary", "Place"), max_length=LONGEST, required=False
    )
    series = forms.CharField(
        label=pgettext_lazy("diary", "Edition of"),
        max_length=LONGEST,
        required=False,
        help_text=_("What comes again: a match, a festival."),
    )
    edition = forms.IntegerField(
        label=pgettext_lazy("diary", "Edition number"), min_value=1, max_value=999, required=False
    )
    since_year = forms.IntegerField(
        label=pgettext_lazy("diary", "First year of the series"),
        min_value=1900,
        max_value=2199,
        required=False,
    )
    campaign = forms.CharField(label=_("Code of the campaign"), max_length=30, required=False)
    breaks = forms.MultipleChoiceField(
        label=_("It changes the figures of"),
        choices=lambda: [(line, line_name(line)) for line in _LINES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Figures are then not compared across this day without saying so."),
    )

    def __init__(self, *given: Any, marked: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        self._languages = [code for code, _name in settings.LANGUAGES]
        titles = {
            f"title_{code}": forms.CharField(
                label=pgettext_lazy("diary", "Title (%(language)s)") % {"language": name},
                max_length=LONGEST,
                required=code == self._languages[0],
            )
            for code, name in settings.LANGUAGES
        }
        self.fields = {"kind": self.fields.pop("kind"), **titles, **self.fields}
        if marked:  # it is changed where breaks are
            del self.fields["breaks"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["last"] = typed.get("last") or typed.get("first")
        return typed

    @property
    def told(self) -> EntryTold:
        """What was typed, once it is valid."""
        typed = dict(self.cleaned_data)
        typed.pop("breaks", None)
        titles = {code: typed.pop(f"title_{code}") for code in self._languages}
        return EntryTold(titles=titles, **typed)

    @property
    def changed(self) -> list[str]:
        """The lines of which series change, once it is valid."""
        return [*self.cleaned_data.get("breaks", ())]


def initial_of(row: Any) -> dict[str, Any]:
    """Return what an entry says now, as the form has it."""
    now = {name: getattr(row, name) for name in EntryForm.base_fields if name != "breaks"}
    return {**now, **{f"title_{code}": text for code, text in row.titles.items()}}
