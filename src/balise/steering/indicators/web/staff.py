"""The staff door: breaks of series, and targets."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.steering.indicators import access, actions
from balise.steering.indicators.queries import changes
from balise.steering.indicators.web.forms import BreakForm, TargetForm

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
        with attempt(request, form, said=_("Break noted.")):
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
        with attempt(request, form, said=_("Saved.")):
            actions.change_break(break_id=break_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:indicators:breaks")
    return _edited(request, form)


@staff.post
def remove(request: Request, break_id: UUID) -> HttpResponse:
    """Take a break back."""
    with attempt(request, said=_("Break removed.")):
        actions.remove_break(break_id=break_id, by=request.actor)
    return redirect("staff:indicators:breaks")


@staff.form
def aim(request: Request) -> HttpResponse:
    """Set a target."""
    access.require(request.actor, access.WRITE)
    form = TargetForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Target set.")):
            actions.set_target(by=request.actor, **form.cleaned_data)
            return redirect("staff:indicators:breaks")
    return _edited(request, form)


@staff.post
def drop(request: Request, target_id: UUID) -> HttpResponse:
    """Take a target back."""
    with attempt(request, said=_("Target removed.")):
        actions.remove_target(target_id=target_id, by=request.actor)
    return redirect("staff:indicators:breaks")


def _shown(request: Request) -> HttpResponse:
    found = changes.changes(seen_by=request.actor)
    context = {"found": found, "may_write": request.actor.may(access.WRITE)}
    return render(request, _PAGE, context)


def _edited(request: Request, form: BreakForm | TargetForm) -> HttpResponse:
    context = {"form": form, "is_target": isinstance(form, TargetForm)}
    return render(request, "indicators/edit.html", context, status=status_of(form))
