"""The notebook beside the month's rises, for staff; policies and practices; sheets for Insafe."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from balise.awareness.partnership.trends import access
from balise.awareness.partnership.trends.actions import notebook as actions
from balise.awareness.partnership.trends.documents import papers
from balise.awareness.partnership.trends.queries import notebook as queries, rises as rising
from balise.awareness.partnership.trends.rules import rises as rules, sheets
from balise.awareness.partnership.trends.web.forms import (
    MonthForm,
    MoveForm,
    ReferenceForm,
    SheetForm,
    SignForm,
)
from balise.foundation.web.attempts import Way, attempt, check_sender, posted, several, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import among

_FORMS = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}


@staff.get
def notebook(request: Request) -> HttpResponse:
    """Show the emerging uses, and what rises this month."""
    form = MonthForm({})
    shown = {
        "uses": queries.uses(seen_by=request.actor),
        "rises": rising.rises(form.until_day, seen_by=request.actor),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "network/trends/notebook.html", shown)


@staff.get
def rises(request: Request) -> HttpResponse:
    """Show what rises in a month up to a day, exactly, and what was not counted."""
    form = MonthForm(request.GET)
    found = rising.rises(form.until_day, seen_by=request.actor)
    shown = {
        "form": form,
        "rises": found,
        "figures": [
            (each, rising.gap_words(each.gap) if each.gap else "") for each in found.figures
        ],
        "fewest": rules.FEWEST,
    }
    return render(request, "network/trends/rises.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Note an emerging use."""
    access.require(request.actor, access.WRITE)
    form = SignForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            noticed = actions.notice(sign=form.sign, by=request.actor)
            return redirect("staff:trends:use", noticed)
    return render(request, "network/trends/add.html", {"form": form}, status=status_of(form))


@staff.form
def use(request: Request, use_id: UUID) -> HttpResponse:
    """Show an emerging use; note that it is confirmed, or over."""
    check_sender(request, access.WRITE)
    found = queries.use(use_id, seen_by=request.actor)
    states = [(state.value, state.label) for state in found.next]
    ways = {
        "move": Way(
            partial(among, MoveForm, {"state": states}), actions.move, gettext_lazy("Saved.")
        )
    }
    forms = several(request, ways, use_id=use_id)
    if forms is None:
        return redirect("staff:trends:use", use_id)
    shown = {"use": found, "forms": forms, "may_write": request.actor.may(access.WRITE)}
    status = status_of(*forms.values())
    return render(request, "network/trends/use.html", shown, status=status)


@staff.form
def change(request: Request, use_id: UUID) -> HttpResponse:
    """Change what is written of an emerging use."""
    access.require(request.actor, access.WRITE)
    found = queries.use(use_id, seen_by=request.actor)
    initial = {name: getattr(found, name) for name in SignForm.base_fields}
    form = SignForm(posted(request), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            actions.change(use_id=use_id, sign=form.sign, by=request.actor)
            return redirect("staff:trends:use", use_id)
    shown = {"form": form, "use": found}
    return render(request, "network/trends/add.html", shown, status=status_of(form))


@staff.form
def sheet(request: Request, use_id: UUID) -> HttpResponse:
    """Write what is told of an emerging use to Insafe."""
    access.require(request.actor, access.WRITE)
    found = queries.use(use_id, seen_by=request.actor)
    written = queries.written_sheet(use_id, seen_by=request.actor)
    initial = {"topic": queries.bik_topic(found)}
    if written is not None:
        initial = {name: getattr(written, name) for name in SheetForm.base_fields}
    form = SheetForm(posted(request), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            actions.write_sheet(use_id=use_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:trends:use", use_id)
    shown = {"form": form, "use": found}
    return render(request, "network/trends/sheet.html", shown, status=status_of(form))


@staff.post
def sheet_file(request: Request, use_id: UUID, form: str) -> HttpResponse:
    """Give an exchange sheet as a file: PDF, CSV or JSON; it is written down that it left."""
    found = queries.sheet(use_id, seen_by=request.actor)
    octets: bytes | str
    match form:
        case "pdf":
            octets = papers.sheet(found)
        case "csv":
            octets = sheets.as_csv(found)
        case _:
            octets = sheets.as_json(found)
    actions.note_export(use_id=use_id, form=form, by=request.actor)
    answer = HttpResponse(octets, content_type=_FORMS[form])
    name = f"insafe-{found.first_seen}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff.form
def references(request: Request) -> HttpResponse:
    """List policies and practices; note one."""
    found = queries.references(seen_by=request.actor)
    form = ReferenceForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            actions.note_reference(by=request.actor, **form.cleaned_data)
            return redirect("staff:trends:references")
    shown = {"references": found, "form": form, "may_write": request.actor.may(access.WRITE)}
    return render(request, "network/trends/references.html", shown, status=status_of(form))
