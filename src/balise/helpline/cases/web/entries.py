"""The staff door: write in a file, see two texts where two wrote, take a document out."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.files.uploads import takes_files
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases import access
from balise.helpline.cases.actions import handshakes, writing
from balise.helpline.cases.actions.handshakes import OpenedEntry
from balise.helpline.cases.queries import files as queries
from balise.helpline.cases.rules.files import CaseState, EntryConflict, EntryGone
from balise.helpline.cases.rules.sections import DUE, SINGLE, Section, in_words
from balise.helpline.cases.web.files import on_file
from balise.helpline.cases.web.forms.files import EntryForm
from balise.helpline.cases.web.partners import as_file

_NEW = "helpline/cases/new_entry.html"
_ENTRY = "helpline/cases/entry.html"


@staff.form
@takes_files
@on_file
def new(request: Request, case_id: UUID, section: str) -> HttpResponse:
    """Add an entry; of what a file has once, the one that is there is changed."""
    if section not in Section:
        raise Http404
    kind = Section(section)
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    kept = opened.of(kind)
    if kind in SINGLE and kept and request.method != "POST":
        return redirect("staff:cases:entry", kept[0].id)
    form = _form(request, case_id, kind)
    if form.is_valid():
        try:
            with attempt(request, form, said=_("Saved.")):
                _write(request, case_id, kind, form)
                return redirect("staff:cases:case", case_id)
        except EntryConflict as met:
            messages.error(request, met.message)
            found = handshakes.read_case(case_id=case_id, by=request.actor).of(kind)[0]
            return _show_entry(request, found.id, form, met)
    context = {"row": opened.row, "title": opened.title, "section": kind, "form": form}
    return render(request, _NEW, context, status=status_of(form))


@staff.form
@on_file
def entry(request: Request, entry_id: UUID) -> HttpResponse:
    """Show an entry with its history; change it. Where two wrote, show both texts.

    What was typed of an entry that a colleague took out is offered as a new one.
    """
    if request.method != "POST":
        return _show_entry(request, entry_id)
    if queries.taken_out(entry_id, seen_by=request.actor) is not None:
        return _offer_as_new(request, entry_id)
    opened = handshakes.read_entry(entry_id=entry_id, by=request.actor)
    form = _form(request, opened.case.id, opened.entry.section, kept=opened.entry.values)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            with attempt(request, form, said=_("Saved.")):
                writing.change(
                    entry_id=entry_id, version=version, given=form.given(), by=request.actor
                )
                return redirect("staff:cases:case", opened.case.id)
        except EntryConflict as conflict:
            return _show_entry(request, entry_id, form, conflict)
        except EntryGone:
            return _offer_as_new(request, entry_id)
    return _show_entry(request, entry_id, form)


@staff.post
@on_file
def settle(request: Request, entry_id: UUID) -> HttpResponse:
    """Say that a follow-up or a task is done, or not."""
    case_id = queries.case_of_entry(entry_id, seen_by=request.actor)
    with attempt(request):
        done = request.POST.get("done") == "1"
        writing.settle(entry_id=entry_id, done=done, by=request.actor)
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def copy(request: Request, entry_id: UUID) -> HttpResponse:
    """Add someone a second time in another role."""
    case_id = queries.case_of_entry(entry_id, seen_by=request.actor)
    with attempt(request):
        writing.copy(entry_id=entry_id, role=request.POST.get("role", ""), by=request.actor)
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def take_out(request: Request, entry_id: UUID) -> HttpResponse:
    """Take an entry out of sight."""
    case_id = queries.case_of_entry(entry_id, seen_by=request.actor)
    with attempt(request):
        writing.take_out(entry_id=entry_id, by=request.actor)
    return redirect("staff:cases:case", case_id)


@staff.post
@on_file
def document(request: Request, entry_id: UUID) -> HttpResponse:
    """Hand a document over; never shown in the page, always as a file."""
    return as_file(handshakes.read_document(entry_id=entry_id, by=request.actor))


def _write(request: Request, case_id: UUID, kind: Section, form: EntryForm) -> None:
    if kind is Section.DOCUMENTS:
        writing.keep_document(
            case_id=case_id,
            upload=form.cleaned_data["file"],
            given=form.given(),
            by=request.actor,
        )
    else:
        writing.write(case_id=case_id, section=kind, given=form.given(), by=request.actor)


def _offer_as_new(request: Request, entry_id: UUID) -> HttpResponse:
    """Show what was typed of an entry that was taken out, to be kept as a new one."""
    access.require(request.actor, access.WORK)
    case_id, section = there(queries.taken_out(entry_id, seen_by=request.actor))
    opened = handshakes.read_case(case_id=case_id, by=request.actor)
    context = {
        "row": opened.row,
        "title": opened.title,
        "section": section,
        "form": _form(request, case_id, section),
        "is_taken_out": True,
    }
    return render(request, _NEW, context, status=HTTPStatus.CONFLICT)


def _show_entry(
    request: Request,
    entry_id: UUID,
    form: EntryForm | None = None,
    conflict: EntryConflict | None = None,
) -> HttpResponse:
    opened = handshakes.read_entry(entry_id=entry_id, by=request.actor)
    section = opened.entry.section
    if form is None:
        kept = {**opened.entry.values, "version": opened.entry.version}
        form = _form(request, opened.case.id, section, kept=kept)
    status = status_of(form)
    if conflict is not None:
        status = HTTPStatus.CONFLICT
        form = _form(
            request,
            opened.case.id,
            section,
            kept={**opened.entry.values, **conflict.yours, "version": conflict.version},
            unbound=True,
        )
    context = {
        "opened": opened,
        "entry": opened.entry,
        "row": opened.case,
        "section": section,
        "form": form,
        "both": _both(opened, conflict) if conflict else (),
        "may_write": request.actor.may(access.WORK) and opened.case.state is not CaseState.CLOSED,
        "is_single": section in SINGLE,
        "is_due": section in DUE,
        "roles": queries.form_of(section).choices("roles") if section is Section.PEOPLE else (),
    }
    return render(request, _ENTRY, context, status=status)


def _both(opened: OpenedEntry, conflict: EntryConflict) -> list[tuple[str, str, str]]:
    """Return (field, theirs, yours) in words, where two texts differ."""
    section = opened.entry.section
    form = queries.form_of(section)
    names = dict(queries.member_choices(opened.case.id))
    said = []
    for values in (conflict.theirs, conflict.yours):
        shown = {
            code: names.get(str(value), "") if code == "who" else value
            for code, value in values.items()
        }
        said.append(dict(in_words(form, shown)))
    labels = [str(field.label) for field in form.fields if field.code in conflict.yours]
    return [(label, said[0].get(label, ""), said[1].get(label, "")) for label in labels]


def _form(
    request: Request,
    case_id: UUID,
    section: Section,
    *,
    kept: Any = None,
    unbound: bool = False,
) -> EntryForm:
    sent = request.method == "POST" and not unbound
    return EntryForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        section=section,
        form=queries.form_of(section),
        members=queries.member_choices(case_id),
        kept=kept,
    )
