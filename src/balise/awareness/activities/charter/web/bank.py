"""The bank of practices, for staff: read it, change wording, add, withdraw, restore."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.awareness.activities.charter import access
from balise.awareness.activities.charter.actions import practices as actions
from balise.awareness.activities.charter.queries import practices as queries
from balise.awareness.activities.charter.web.bank_forms import PracticeForm
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.several import check_sender


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
        with attempt(request, form, said=_("Saved.")):
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
        with attempt(request, form, said=_("Saved."), conflict=actions.PracticeChanged):
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
        with attempt(request, said=_("It is no longer offered.")):
            after = form.cleaned_data["after"]
            actions.withdraw(code=code, after=after, by=request.actor)
    return redirect("staff:charter:practice", code)


@staff.post
def restore(request: Request, code: str) -> HttpResponse:
    """Offer a practice again."""
    access.require(request.actor, access.WRITE)
    form = AfterForm(request.POST)
    if form.is_valid():
        with attempt(request, said=_("It is offered again.")):
            after = form.cleaned_data["after"]
            actions.restore(code=code, after=after, by=request.actor)
    return redirect("staff:charter:practice", code)
