"""The staff door, after an illegal verdict: tell the host, find out where it is."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import notifying
from balise.hotline.reports.tasks import working
from balise.hotline.reports.web.forms.desk import NoticeForm
from balise.hotline.reports.web.staff import show


@staff
@require_POST
def draft(request: Request, content_id: UUID) -> HttpResponse:
    """Draft the notice, and go on to it; it is sent from its own page."""
    form = NoticeForm(request.POST)
    if form.is_valid():
        try:
            notice_id = notifying.draft_notice(
                content_id=content_id, by=request.actor, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The notice is drafted. Read it, then send it."))
            return redirect("staff:notices:notice", notice_id)
    return show(request, content_id, notice=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@staff
@require_POST
def trace(request: Request, content_id: UUID) -> HttpResponse:
    """Ask the tracer where the content is hosted."""
    working.ask_trace(content_id=content_id, by=request.actor)
    messages.success(request, _("The tracer was asked: reload in a moment."))
    return redirect("staff:hotline:content", content_id)
