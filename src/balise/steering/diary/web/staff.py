"""The diary, for those who write in it and those who read it."""

from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.accounts.queries import names_of
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.components.page import line_name
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField
from balise.steering.diary import access, actions, queries
from balise.steering.diary.rules import LONGEST, TYPE, EntryKind, EntryTold, title_in, write
from balise.steering.imports.web.forms import WithdrawForm

# What someone fills in of the diary.


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


@staff.get
def entries(request: Request) -> HttpResponse:
    """List what was done in a period, and beside it what began with partners."""
    form = FilterForm(request.GET)
    first, last, kind = form.chosen
    found = queries.entries(
        first, last, language=get_language() or "", seen_by=request.actor, kind=kind
    )
    shown = {
        "form": form,
        "entries": found,
        "ties": queries.ties(first, last, seen_by=request.actor),
        "days": urlencode({"first": first.isoformat(), "last": last.isoformat()}),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "diary/list.html", shown)


@staff.get
def calendar(request: Request) -> HttpResponse:
    """Give the diary of a period as a calendar file."""
    first, last, _kind = FilterForm(request.GET).chosen
    found = queries.calendar(first, last, language=get_language() or "", seen_by=request.actor)
    headers = {"Content-Disposition": 'attachment; filename="diary.ics"'}
    return HttpResponse(write(found), content_type=TYPE, headers=headers)


@staff.form
def add(request: Request) -> HttpResponse:
    """Enter what was done."""
    access.require(request.actor, access.WRITE)
    form = EntryForm(posted(request), initial={"first": today()})
    if form.is_valid():
        with attempt(request, form, said=gettext("It is in the diary.")):
            made = actions.note(told=form.told, breaks=form.changed, by=request.actor)
            return redirect("staff:diary:entry", made)
    return render(request, "diary/edit.html", {"form": form}, status=status_of(form))


@staff.form
def entry(request: Request, entry_id: UUID) -> HttpResponse:
    """Show an entry; withdraw it."""
    form = WithdrawForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("The entry is withdrawn."), conflict=True):
            actions.withdraw(entry_id=entry_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:diary:entry", entry_id)
    row = queries.entry(entry_id, seen_by=request.actor)
    shown = {
        "row": row,
        "title": title_in(row.titles, get_language() or ""),
        "form": form,
        "entered_by": names_of({row.entered_by}).get(row.entered_by, ""),
        "may_write": request.actor.may(access.WRITE) and row.withdrawn_at is None,
    }
    return render(request, "diary/entry.html", shown, status=status_of(form))


@staff.form
def change(request: Request, entry_id: UUID) -> HttpResponse:
    """Correct an entry."""
    access.require(request.actor, access.WRITE)
    row = queries.entry(entry_id, seen_by=request.actor)
    form = EntryForm(posted(request), initial=initial_of(row), marked=row.marked is not None)
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved."), conflict=True):
            actions.change(entry_id=entry_id, told=form.told, breaks=form.changed, by=request.actor)
            return redirect("staff:diary:entry", entry_id)
    shown = {"form": form, "row": row, "title": title_in(row.titles, get_language() or "")}
    return render(request, "diary/edit.html", shown, status=status_of(form))
