"""The staff door: breaks of series, and targets."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.components.page import line_name
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import DayField
from balise.steering.indicators import access, actions
from balise.steering.indicators.queries import changes

# Forms of breaks and targets.


def _figures() -> list[tuple[str, str]]:
    return [(one.code, f"{one.name} ({one.code})") for one in INDICATORS.values()]


def _lines() -> list[tuple[str, str]]:
    lines = dict.fromkeys(one.line for one in INDICATORS.values())
    return [(line, line_name(line)) for line in lines]


class BreakForm(forms.Form):
    """A day, its name in both languages, and what it concerns."""

    on = DayField(label=_("Day"))
    name_fr = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    lines = forms.MultipleChoiceField(
        label=_("Lines that it concerns"),
        choices=_lines,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    indicators = forms.MultipleChoiceField(
        label=_("Figures that it concerns"),
        choices=_figures,
        required=False,
        widget=forms.SelectMultiple,
    )


class TargetForm(forms.Form):
    """The number that an objective sets for a figure and a year."""

    indicator = forms.ChoiceField(label=pgettext_lazy("steering", "Figure"), choices=_figures)
    plan = forms.CharField(label=pgettext_lazy("figures", "Plan"), max_length=80)
    objective = forms.CharField(label=_("Objective"), max_length=20)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    value = forms.DecimalField(label=_("Number to reach"), max_digits=14, decimal_places=2)


_PAGE = "indicators/breaks.html"


@staff.get
def breaks(request: Request) -> HttpResponse:
    """Show the breaks that were noted and the targets that were set."""
    return _shown(request)


@staff.form
def add(request: Request) -> HttpResponse:
    """Note a break."""
    access.require(request.actor, access.WRITE)
    form = BreakForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("Break noted.")):
            actions.note_break(by=request.actor, **form.cleaned_data)
            return redirect("staff:indicators:breaks")
    return _edited(request, form)


@staff.form
def change(request: Request, break_id: UUID) -> HttpResponse:
    """Change a break."""
    row = changes.found_break(break_id, by=request.actor)
    known = {name: getattr(row, name) for name in BreakForm.base_fields}
    form = BreakForm(posted(request), initial=known)
    if form.is_valid():
        with attempt(request, form, said=gettext("Saved.")):
            actions.change_break(break_id=break_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:indicators:breaks")
    return _edited(request, form)


@staff.post
def remove(request: Request, break_id: UUID) -> HttpResponse:
    """Take a break back."""
    with attempt(request, said=gettext("Break removed.")):
        actions.remove_break(break_id=break_id, by=request.actor)
    return redirect("staff:indicators:breaks")


@staff.form
def aim(request: Request) -> HttpResponse:
    """Set a target."""
    access.require(request.actor, access.WRITE)
    form = TargetForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=gettext("Target set.")):
            actions.set_target(by=request.actor, **form.cleaned_data)
            return redirect("staff:indicators:breaks")
    return _edited(request, form)


@staff.post
def drop(request: Request, target_id: UUID) -> HttpResponse:
    """Take a target back."""
    with attempt(request, said=gettext("Target removed.")):
        actions.remove_target(target_id=target_id, by=request.actor)
    return redirect("staff:indicators:breaks")


def _shown(request: Request) -> HttpResponse:
    found = changes.changes(seen_by=request.actor)
    context = {"found": found, "may_write": request.actor.may(access.WRITE)}
    return render(request, _PAGE, context)


def _edited(request: Request, form: BreakForm | TargetForm) -> HttpResponse:
    context = {"form": form, "is_target": isinstance(form, TargetForm)}
    return render(request, "indicators/edit.html", context, status=status_of(form))
