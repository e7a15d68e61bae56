"""The staff door: a verdict, kept as it is typed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import drafting
from balise.hotline.reports.queries import desk, drafts
from balise.hotline.reports.web.bar import lines_alone
from balise.hotline.reports.web.forms.desk import VerdictForm


@staff.post
def draft(request: Request, content_id: UUID) -> HttpResponse:
    """Keep a verdict as it is typed, and say on its page until when."""
    fields = {name: request.POST.get(name, "") for name in VerdictForm.base_fields}
    says = ""
    try:
        drafting.keep_draft(content_id=content_id, fields=fields, by=request.actor)
    except Refused as refusal:
        says = refusal.message
    typed = drafts.typed(content_id=content_id, seen_by=request.actor)
    context = {"typed": typed, "typed_says": says}
    if typed is not None:
        row = desk.content(content_id=content_id, seen_by=request.actor)
        form = VerdictForm(initial=fields)
        context |= lines_alone(row, form, seen_by=request.actor)
    return render(request, "hotline/reports/content_typed_now.html", context)
