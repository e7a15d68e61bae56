"""What is followed and its readings, for those who enter them and those who read them."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.clock import today
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.steering.imports import actions as imports, queries as imported
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.web.forms import FileForm, WithdrawForm
from balise.steering.readings import access, actions
from balise.steering.readings.queries import desk
from balise.steering.readings.queries.desk import verdict
from balise.steering.readings.rules.files import guess
from balise.steering.readings.rules.judging import ColumnsFaulty
from balise.steering.readings.web.forms import (
    ChangeForm,
    ColumnsForm,
    CorrectForm,
    FollowForm,
    NoteForm,
    initial_of,
)

_SHOWN = 100  # readings of a file on its page; all of them are looked at


@staff.get
def things(request: Request) -> HttpResponse:
    """List what is followed, with its last numbers."""
    shown = {
        "things": desk.listed(seen_by=request.actor),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "readings/list.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Follow a thing."""
    access.require(request.actor, access.WRITE)
    form = FollowForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("It is followed.")):
            kind, code = form.cleaned_data["kind"], form.cleaned_data["code"]
            made = actions.follow(kind=kind, code=code, facts=form.facts, by=request.actor)
            return redirect("staff:readings:thing", made)
    return render(request, "readings/edit.html", {"form": form}, status=status_of(form))


@staff.form
def thing(request: Request, followed_id: UUID) -> HttpResponse:
    """Show a thing with its readings; enter one."""
    page = desk.page(followed_id, seen_by=request.actor)
    form = NoteForm(posted(request), kind=page.row.is_a, initial={"day": today()})
    if form.is_valid():
        with attempt(request, form, said=_("The reading is entered.")):
            actions.note(followed_id=followed_id, told=form.told, by=request.actor)
            return redirect("staff:readings:thing", followed_id)
    series = [(of, shown, page.gaps[of]) for of, shown in page.readings.items()]
    shown = {
        "row": page.row,
        "series": series,
        "form": form,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "readings/thing.html", shown, status=status_of(form))


@staff.form
def change(request: Request, followed_id: UUID) -> HttpResponse:
    """Change what is said of a thing."""
    access.require(request.actor, access.WRITE)
    row = desk.followed(followed_id, seen_by=request.actor)
    form = ChangeForm(posted(request), initial=initial_of(row))
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            actions.change(followed_id=followed_id, facts=form.facts, by=request.actor)
            return redirect("staff:readings:thing", followed_id)
    return render(request, "readings/edit.html", {"form": form, "row": row}, status=status_of(form))


@staff.form
def correct(request: Request, reading_id: UUID) -> HttpResponse:
    """Correct a reading, or withdraw it."""
    access.require(request.actor, access.WRITE)
    row = desk.reading(reading_id, seen_by=request.actor)
    act = request.POST.get("act", "")
    form = CorrectForm(posted(request) if act == "correct" else None, auto_id="correct_%s")
    away = WithdrawForm(posted(request) if act == "withdraw" else None, auto_id="withdraw_%s")
    if form.is_valid():
        with attempt(request, form, said=_("The reading is corrected.")):
            typed = form.cleaned_data
            actions.correct(
                reading_id=reading_id,
                quantity=typed["value"],
                why=typed["why"],
                note=typed["note"],
                by=request.actor,
            )
            return redirect("staff:readings:thing", row.followed_id)
    if away.is_valid():
        with attempt(request, away, said=_("The reading is withdrawn.")):
            actions.withdraw(reading_id=reading_id, why=away.cleaned_data["why"], by=request.actor)
            return redirect("staff:readings:thing", row.followed_id)
    shown = {"row": row, "form": form, "away": away}
    return render(request, "readings/correct.html", shown, status=status_of(form, away))


@staff.form
@partial(takes_plain_files, most=imports.MOST_BYTES)
def bring(request: Request) -> HttpResponse:
    """Read a file; its columns are shown before anything is entered."""
    access.require(request.actor, access.WRITE)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form):
            file = form.cleaned_data["file"]
            brought = imports.bring(
                kind=ImportKind.READINGS, name=file.name, octets=file.read(), by=request.actor
            )
            return redirect("staff:readings:file", brought)
    shown = {"form": form, "files": imported.listed(ImportKind.READINGS, seen_by=request.actor)}
    return render(request, "readings/bring.html", shown, status=status_of(form))


@staff.form
def file(request: Request, brought_id: UUID) -> HttpResponse:
    """Say what the columns hold, see what would become of each reading, take the file in."""
    access.require(request.actor, access.WRITE)
    found = imported.opened(brought_id, ImportKind.READINGS, seen_by=request.actor)
    if request.POST.get("say") == "take" or found.done_at is not None:
        if request.method == "POST":
            with attempt(request, said=_("The file is imported.")):
                actions.take_in(brought_id=brought_id, by=request.actor)
            return redirect("staff:readings:file", brought_id)
        return render(request, "readings/file.html", {"file": found})
    chosen = found.choices.get("columns") or guess(found.head)
    form = ColumnsForm(posted(request), head=found.head, began=chosen, initial=found.choices)
    if form.is_valid():
        with attempt(request, form):
            actions.read_as(
                brought_id=brought_id,
                columns=form.columns,
                thing=form.cleaned_data["thing"],
                source=form.cleaned_data["source"],
                by=request.actor,
            )
            return redirect("staff:readings:file", brought_id)
    shown = {"file": found, "form": form, "samples": found.lines[:3]}
    if found.choices:
        try:
            looked = verdict(found)
        except ColumnsFaulty as refusal:
            shown["fault"] = refusal.message
        else:
            shown |= {
                "found": looked,
                "counts": [
                    (_("New readings"), len(looked.new)),
                    (_("Readings known already"), len(looked.known)),
                    (_("Rows to correct"), len(looked.refused)),
                ],
                "refused": found.as_typed((line.number, line.refused) for line in looked.refused),
                "rows": looked.new[:_SHOWN],
            }
    return render(request, "readings/file.html", shown, status=status_of(form))
