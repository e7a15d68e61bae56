"""The diary, for those who write in it and those who read it."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.foundation.accounts.queries import names_of
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.steering.diary import access, actions, queries
from balise.steering.diary.rules.calendar import TYPE, write
from balise.steering.diary.rules.entries import title_in
from balise.steering.diary.web.forms import EntryForm, FilterForm, initial_of
from balise.steering.imports.web.forms import WithdrawForm


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
        with attempt(request, form, said=_("It is in the diary.")):
            made = actions.note(told=form.told, breaks=form.changed, by=request.actor)
            return redirect("staff:diary:entry", made)
    return render(request, "diary/edit.html", {"form": form}, status=status_of(form))


@staff.form
def entry(request: Request, entry_id: UUID) -> HttpResponse:
    """Show an entry; withdraw it."""
    form = WithdrawForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The entry is withdrawn."), conflict=True):
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
        with attempt(request, form, said=_("Saved."), conflict=True):
            actions.change(entry_id=entry_id, told=form.told, breaks=form.changed, by=request.actor)
            return redirect("staff:diary:entry", entry_id)
    shown = {"form": form, "row": row, "title": title_in(row.titles, get_language() or "")}
    return render(request, "diary/edit.html", shown, status=status_of(form))
