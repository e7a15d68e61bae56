"""The watch, for the people whose contents it looks at: its board, and how long removals take."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import CodeField, DayField
from balise.foundation.web.navigation import content_page
from balise.takedown.watch import queries
from balise.takedown.watch.actions import watching
from balise.takedown.watch.actions.watching import NotWatched
from balise.takedown.watch.queries import By
from balise.takedown.watch.rules.removals import PERCENTILES, Heading

# Read which removals a person asks for.


_A_YEAR = timedelta(days=365)


class RemovalsForm(forms.Form):
    """A period, and what to tell removals apart by; without a word, the last year by host."""

    by = CodeField(By, label=_("Group by"), empty_value=None, required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def _chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() else None

    @property
    def by_what(self) -> By:
        return self._chosen("by") or By.HOST

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day; turned round if they were."""
        until = self._chosen("until") or today()
        since = self._chosen("since") or until - _A_YEAR
        return min(since, until), max(since, until)


BOARD = "staff:watch:board"


@staff.get
def board(request: Request) -> HttpResponse:
    """Show what is watched, and what a person should see of it."""
    found = queries.board(seen_by=request.actor)
    return render(request, "takedown/watch/board.html", {"board": found})


@staff.get
def removals(request: Request) -> HttpResponse:
    """Show how long removals took, by who was told, by network or by country."""
    form = RemovalsForm(request.GET)
    since, until = form.period
    context = {
        "form": form,
        "since": since,
        "until": until,
        "by": form.by_what,
        "whole": queries.removal_times(since=since, until=until, by=None, seen_by=request.actor),
        "rows": queries.removal_times(
            since=since, until=until, by=form.by_what, seen_by=request.actor
        ),
        "percentiles": PERCENTILES,
        "headings": Heading.labels,
    }
    return render(request, "takedown/watch/removals.html", context)


@staff.post
def look(request: Request, line: str, subject: UUID) -> HttpResponse:
    """Have a content looked at now."""
    with attempt(request, said=gettext("It is checked as soon as its host allows a request.")):
        watching.look_now(line=line, subject=subject, by=request.actor)
    return _back(line, subject)


@staff.post
def stop(request: Request, line: str, subject: UUID) -> HttpResponse:
    """Look at a content no more."""
    if watching.stop(line=line, subject=subject, by=request.actor):
        messages.success(request, gettext("It is no longer monitored."))
    return _back(line, subject)


@staff.post
def leads(request: Request, line: str, subject: UUID) -> HttpResponse:
    """Show where a content's address leads now."""
    try:
        address = watching.where_it_leads(line=line, subject=subject, by=request.actor)
    except NotWatched as missing:
        raise Http404 from missing
    context = {"address": address, "page": content_page(line, subject)}
    return render(request, "takedown/watch/leads.html", context)


def _back(line: str, subject: UUID) -> HttpResponse:
    return redirect(content_page(line, subject) or BOARD)
