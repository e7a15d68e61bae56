"""The staff door: a decided content and its copies, decided together; and undo it as one."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import consulting, settling
from balise.hotline.reports.queries import closing, closing as closings
from balise.hotline.reports.web.closing import chosen_of

COPIES = "hotline/reports/copies.html"
SETTLING = "hotline/reports/settling.html"


@staff.get
def copies(request: Request, content_id: UUID) -> HttpResponse:
    """Show the copies of a content: how many, how each is turned, how near in words."""
    return _page(request, content_id)


@staff.post
def settle(request: Request, content_id: UUID) -> HttpResponse:
    """Give the ticked copies the verdict; those that were shown and are not ticked are left out."""
    chosen = chosen_of(request.POST.getlist("content"))
    shown = chosen_of(request.POST.getlist("shown"))
    try:
        closing_id = settling.settle(
            content_id=content_id,
            chosen=chosen,
            excepted=shown.keys() - chosen.keys(),
            by=request.actor,
        )
    except Refused as refusal:
        return _page(request, content_id, says=refusal.message, status=HTTPStatus.CONFLICT)
    return redirect("staff:hotline:settling", closing_id)


@staff.get
def being_settled(request: Request, closing_id: UUID) -> HttpResponse:
    """Show what is being decided together, until when it can be undone, or what came of it."""
    told = closings.settling(closing_id=closing_id, seen_by=request.actor)
    ids = [row.id for row in told.contents]
    hosts = consulting.hosts_of(content_ids=ids, by=request.actor)
    return render(request, SETTLING, {"closing": told, "hosts": hosts})


@staff.post
def undo(request: Request, closing_id: UUID) -> HttpResponse:
    """Let all copies that are being decided together wait again."""
    with attempt(request):
        count = settling.undo(closing_id=closing_id, by=request.actor)
        messages.success(request, _("Undone. Waiting again: %(count)d") % {"count": count})
        return redirect("staff:hotline:queue")
    return redirect("staff:hotline:settling", closing_id)


def _page(
    request: Request, content_id: UUID, *, says: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    told = closing.cluster(content_id=content_id, seen_by=request.actor)
    ids = [one.row.id for one in told.copies]
    context = {
        "row": told.row,
        "cluster": told,
        "says": says,
        "hosts": consulting.hosts_of(content_ids=ids, by=request.actor),
    }
    return render(request, COPIES, context, status=status)
