"""The staff door: close contents together, after having read which; and undo it as one."""

from collections.abc import Iterable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import closing as acts, consulting
from balise.hotline.reports.queries import closing as queries
from balise.hotline.reports.rules.closing import MOST_TOGETHER

LIST = "hotline/reports/close_together.html"
CLOSING = "hotline/reports/closing.html"


@staff.post
def ask(request: Request) -> HttpResponse:
    """Show what would be closed, and what not, with the reason; nothing is closed yet."""
    return _list(request)


@staff.post
def close(request: Request) -> HttpResponse:
    """Close what the list showed; if something of it changed, show the list again."""
    try:
        closing_id = acts.close_together(chosen=_chosen(request), by=request.actor)
    except Refused as refusal:
        return _list(request, says=refusal.message, status=HTTPStatus.CONFLICT)
    return redirect("staff:hotline:closing", closing_id)


@staff.get
def closing(request: Request, closing_id: UUID) -> HttpResponse:
    """Show what is being closed together, until when it can be undone, or what came of it."""
    told = queries.closing(closing_id=closing_id, seen_by=request.actor)
    ids = [row.id for row in told.contents]
    context = {
        "closing": told,
        "hosts": consulting.hosts_of(content_ids=ids, by=request.actor),
    }
    return render(request, CLOSING, context)


@staff.post
def undo(request: Request, closing_id: UUID) -> HttpResponse:
    """Let everything that is being closed together wait again."""
    with attempt(request):
        count = acts.undo(closing_id=closing_id, by=request.actor)
        messages.success(request, _("Undone. Waiting again: %(count)d") % {"count": count})
        return redirect("staff:hotline:queue")
    return redirect("staff:hotline:closing", closing_id)


def _list(request: Request, *, says: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    told = queries.would_close(_chosen(request), seen_by=request.actor)
    context = {
        "says": says,
        "refused": [one for one in told if one.obstacles],
        "closed": [one for one in told if not one.obstacles],
        "too_many": len(told) > MOST_TOGETHER,
        "hosts": consulting.hosts_of(content_ids=[one.row.id for one in told], by=request.actor),
    }
    return render(request, LIST, context, status=status)


def _chosen(request: Request) -> dict[UUID, str]:
    return chosen_of(request.POST.getlist("content"))


def chosen_of(values: Iterable[str]) -> dict[UUID, str]:
    """Return the contents that a form names, each with the stamp of the page: `id~stamp`."""
    chosen = {}
    for value in values:
        identifier, _tilde, stamp = value.partition("~")
        try:
            chosen[UUID(identifier)] = stamp
        except ValueError:
            continue
    return chosen
