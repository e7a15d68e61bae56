"""The watch, for the people whose contents it looks at: its board, and how long removals take."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.navigation import content_page
from balise.takedown.watch import queries
from balise.takedown.watch.actions import reading, watching
from balise.takedown.watch.actions.watching import NotWatched
from balise.takedown.watch.rules.removals import PERCENTILES, Heading
from balise.takedown.watch.web.forms import RemovalsForm

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
    with attempt(request, said=_("It is checked as soon as its host allows a request.")):
        watching.look_now(line=line, subject=subject, by=request.actor)
    return _back(line, subject)


@staff.post
def stop(request: Request, line: str, subject: UUID) -> HttpResponse:
    """Look at a content no more."""
    if watching.stop(line=line, subject=subject, by=request.actor):
        messages.success(request, _("It is no longer monitored."))
    return _back(line, subject)


@staff.post
def leads(request: Request, line: str, subject: UUID) -> HttpResponse:
    """Show where a content's address leads now."""
    try:
        address = reading.where_it_leads(line=line, subject=subject, by=request.actor)
    except NotWatched as missing:
        raise Http404 from missing
    context = {"address": address, "page": content_page(line, subject)}
    return render(request, "takedown/watch/leads.html", context)


def _back(line: str, subject: UUID) -> HttpResponse:
    return redirect(content_page(line, subject) or BOARD)
