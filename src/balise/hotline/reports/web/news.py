"""What came to a content while its page is open: asked every few seconds, drawn if it changed."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from balise.foundation.accounts import visits
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.queries import listing


@staff.get
@visits.unattended
def news(request: Request, content_id: UUID) -> HttpResponse:
    """Return what is new since a page was drawn with a stamp; 204 where nothing is."""
    row = listing.content(content_id=content_id, seen_by=request.actor)
    if request.GET.get("seen") == row.stamp:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    counted = request.GET.get("reports", "")
    before = int(counted) if counted.isdecimal() and len(counted) < 9 else 0  # noqa: PLR2004 - of digits
    context = {
        "row": row,
        "came": True,
        "came_danger": row.danger and not request.GET.get("danger"),
        "more": max(row.report_count - before, 0),
    }
    return render(request, "hotline/reports/parts.html#news", context)
