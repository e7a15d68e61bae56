"""The staff door: where two reviews differ, for those who gave them; how often two agree."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import closing
from balise.hotline.reports.queries import reviews as asked


@staff.get
def reviews(request: Request) -> HttpResponse:
    """Show what others reviewed otherwise than the reader, and how often two agree, by offence."""
    context = {
        "differed": asked.differed(seen_by=request.actor),
        "agreement": asked.agreement(seen_by=request.actor),
    }
    return render(request, "hotline/reports/reviews.html", context)


@staff.post
def read(request: Request, content_id: UUID) -> HttpResponse:
    """Note that the reader has read where someone reviewed a content otherwise."""
    with attempt(request, said=_("Noted as read.")):
        closing.note_read(content_id=content_id, by=request.actor)
    return redirect("staff:hotline:reviews")
