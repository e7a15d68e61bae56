"""What staff fill in of a practice: its words in French and in English, for whom it is."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.activities.charter import access, actions, queries
from balise.awareness.activities.charter.rules.bank import BANDS, Bank, Practice
from balise.awareness.activities.charter.rules.picks import Whom
from balise.awareness.activities.charter.rules.wording import FIELDS, LANGUAGES, LONGEST
from balise.foundation.web.attempts import attempt, check_sender, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import LongTextField

_LABELS: Final = {
    ("says", "fr"): _("For adults, in French"),
    ("says", "en"): _("For adults, in English"),
    ("child", "fr"): _("For a child, in French"),
    ("child", "en"): _("For a child, in English"),
    ("easy", "fr"): _("Easy to read, in French"),
    ("easy", "en"): _("Easy to read, in English"),
    ("reason", "fr"): _("Reason, in French"),
    ("reason", "en"): _("Reason, in English"),
    ("tip", "fr"): _("Tip, in French"),
    ("tip", "en"): _("Tip, in English"),
}
_HELPS: Final = {
    "child": _("12 words a sentence at most; a child is told “tu”."),
    "easy": _("One sentence a line, 12 words at most, no percentage."),
    "reason": _("A figure only with its source below."),
}


class PracticeForm(forms.Form):
    """One practice; `after` is the version that was read."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    theme = forms.ChoiceField(label=pgettext_lazy("practice", "Theme"))
    who = forms.ChoiceField(label=pgettext_lazy("practice", "Commitment"), choices=Whom)
    bands = forms.MultipleChoiceField(
        label=_("Ages of the children"),
        choices=[(each.value, each.label) for each in BANDS],
        widget=forms.CheckboxSelectMultiple,
    )
    aims = forms.MultipleChoiceField(
        label=pgettext_lazy("practice", "Aims"), widget=forms.CheckboxSelectMultiple
    )
    source = forms.ChoiceField(label=pgettext_lazy("practice", "Source"), required=False)

    def __init__(self, *given: Any, bank: Bank, **options: Any) -> None:
        super().__init__(*given, **options)
        choices = {
            "theme": [(each.code, str(each.label)) for each in bank.themes],
            "aims": [(each.code, str(each.label)) for each in bank.aims],
            "source": [("", "—"), *((each.code, str(each.label)) for each in bank.sources)],
        }
        for name, among in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is, above
            field.choices = among
        for (name, language), label in _LABELS.items():
            self.fields[f"{name}_{language}"] = LongTextField(
                label=label, rows=3, max_length=LONGEST, help_text=_HELPS.get(name, "")
            )
        self.order_fields(["after", *self._words(), "theme", "who", "bands", "aims", "source"])

    @staticmethod
    def _words() -> Iterator[str]:
        for name in FIELDS:
            for language in LANGUAGES:
                yield f"{name}_{language}"

    @classmethod
    def initial_of(cls, practice: Practice, *, number: int) -> dict[str, Any]:
        """Return what the form shows of a practice."""
        told = practice.told()
        words = {
            f"{name}_{language}": told[name].get(language, "")
            for name in FIELDS
            for language in LANGUAGES
        }
        same = {name: told[name] for name in ("theme", "who", "bands", "aims", "source")}
        return {"after": number, **words, **same}

    @property
    def row(self) -> dict[str, Any]:
        """Return the practice as a pack has it."""
        said = self.cleaned_data
        words = {
            name: {
                language: said[f"{name}_{language}"].replace("\r\n", "\n").strip()
                for language in LANGUAGES
            }
            for name in FIELDS
        }
        same = {name: said[name] for name in ("theme", "who", "bands", "aims", "source")}
        return {**words, **same}


# The bank of practices, for staff: read it, change wording, add, withdraw, restore.


class AfterForm(forms.Form):
    """The version that was read."""

    after = forms.IntegerField(min_value=0)


@staff.get
def practices(request: Request) -> HttpResponse:
    """List the bank by theme."""
    numbers = queries.numbers(seen_by=request.actor)
    bank = queries.current()
    groups = [
        (theme, [(each, numbers.get(each.code, 0)) for each in bank.of_theme(theme.code)])
        for theme in bank.themes
    ]
    offered = sum(not each.is_withdrawn for each in bank.practices)
    shown = {"groups": groups, "offered": offered, "may_write": request.actor.may(access.WRITE)}
    return render(request, "charter/staff/practices.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Add a practice."""
    access.require(request.actor, access.WRITE)
    form = PracticeForm(posted(request), bank=queries.current(), initial={"after": 0})
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved.")):
            code = actions.add(row=form.row, by=request.actor)
            return redirect("staff:charter:practice", code)
    return render(request, "charter/staff/practice.html", {"form": form}, status=status_of(form))


@staff.form
def practice(request: Request, code: str) -> HttpResponse:
    """Show a practice with its versions; change its words."""
    check_sender(request, access.WRITE)
    found = queries.written(code, seen_by=request.actor)
    may_write = request.actor.may(access.WRITE)
    initial = PracticeForm.initial_of(found.practice, number=found.number)
    form = PracticeForm(posted(request), bank=queries.current(), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved."), conflict=actions.PracticeChanged):
            after = form.cleaned_data["after"]
            actions.change(code=code, row=form.row, after=after, by=request.actor)
            return redirect("staff:charter:practice", code)
    shown = {"form": form, "written": found, "may_write": may_write}
    return render(request, "charter/staff/practice.html", shown, status=status_of(form))


@staff.post
def withdraw(request: Request, code: str) -> HttpResponse:
    """Offer a practice no more."""
    access.require(request.actor, access.WRITE)
    form = AfterForm(request.POST)
    if form.is_valid():
        with attempt(request, said=gettext("It is no longer offered.")):
            after = form.cleaned_data["after"]
            actions.withdraw(code=code, after=after, by=request.actor)
    return redirect("staff:charter:practice", code)


@staff.post
def restore(request: Request, code: str) -> HttpResponse:
    """Offer a practice again."""
    access.require(request.actor, access.WRITE)
    form = AfterForm(request.POST)
    if form.is_valid():
        with attempt(request, said=gettext("It is offered again.")):
            after = form.cleaned_data["after"]
            actions.restore(code=code, after=after, by=request.actor)
    return redirect("staff:charter:practice", code)
