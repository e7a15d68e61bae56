"""The staff door: what is sealed of a content, shown while someone looks, and covered again."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.accounts import visits
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.actions.consulting import OpenedContent
from balise.hotline.reports.queries import desk
from balise.hotline.reports.rules.words import LOOKED_AT
from balise.hotline.reports.web.bar import lines_alone
from balise.hotline.reports.web.forms.desk import VerdictForm
from balise.hotline.welfare import actions as welfare, queries as looking
from balise.hotline.welfare.actions import Enough
from balise.takedown.directory.queries import channel_for
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.tracing import queries as tracing

SEALED = "hotline/reports/content_sealed.html"


@staff.post
def reveal(request: Request, content_id: UUID) -> HttpResponse:
    """Open what is sealed, because the analyst asks for it; or say kindly why not now.

    With script it is a part of the content's page. Without, it is a page of its own without a
    form, which covers itself after a moment.
    """
    try:
        opened = consulting.consult(
            content_id=content_id, ends_by_itself=not request.htmx, by=request.actor
        )
    except Enough as refusal:
        return _covered(request, content_id, says=refusal.message)
    return _show(request, content_id, opened)


@staff.post
@visits.unattended
def look(request: Request, content_id: UUID) -> HttpResponse:
    """Hear from the page that it is still open, or that it is covered."""
    if "ends" in request.POST:
        welfare.end(content_id=content_id, by=request.actor)
        return _covered(request, content_id)
    try:
        welfare.go_on(
            content_id=content_id, is_touched=bool(request.POST.get("touched")), by=request.actor
        )
    except Refused as refusal:
        return _covered(request, content_id, says=refusal.message)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _show(request: Request, content_id: UUID, opened: OpenedContent) -> HttpResponse:
    row = desk.content(content_id=content_id, seen_by=request.actor)
    trace = tracing.last_trace(line="hotline", subject=content_id, seen_by=request.actor)
    place = opened.place
    context = {
        "row": row,
        "opened": opened,
        # The form that a reporter's day goes into is on the page that this is a part of.
        "asks_day": request.htmx and opened.place is not None,
        "pane": looking.pane(seen_by=request.actor),
        # Opened only after `consult` wrote down that the content is.
        "trace": trace,
        "told": channel_for(
            domain=place.domain if place else (trace.domain if trace else ""),
            asn=row.network,
            wanted=Wanted(line="hotline", country=row.country),
        ),
    }
    if not request.htmx:
        return render(request, "hotline/reports/content_alone.html", context)
    if row.is_mine and row.state in LOOKED_AT:
        # The page sends what is filled in along: what a verdict rests on is another now.
        form = VerdictForm(initial=request.POST.dict())
        context |= lines_alone(row, form, seen_by=request.actor)
    return render(request, "hotline/reports/content_opened_now.html", context)


def _covered(request: Request, content_id: UUID, *, says: str = "") -> HttpResponse:
    if not request.htmx and not says:
        return redirect("staff:hotline:content", content_id)
    row = desk.content(content_id=content_id, seen_by=request.actor)
    alone = "hotline/reports/content_alone.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if says else HTTPStatus.OK
    page_or_part = SEALED if request.htmx else alone
    return render(request, page_or_part, {"row": row, "says": says}, status=status)
