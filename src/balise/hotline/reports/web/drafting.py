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
    refusal = keep_typed(request, content_id)
    says = refusal.message if refusal else ""
    typed = drafts.typed(content_id=content_id, seen_by=request.actor)
    context = {"typed": typed, "typed_says": says}
    if typed is not None:
        row = desk.content(content_id=content_id, seen_by=request.actor)
        form = VerdictForm(initial=_fields(request))
        context |= lines_alone(row, form, seen_by=request.actor)
    return render(request, "hotline/reports/content_typed_now.html", context)


def keep_typed(request: Request, content_id: UUID) -> Refused | None:
    """Keep a verdict as it was sent; return why it is not kept, None if it is."""
    try:
        drafting.keep_draft(content_id=content_id, fields=_fields(request), by=request.actor)
    except Refused as refusal:
        return refusal
    return None


def _fields(request: Request) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in VerdictForm.base_fields}
