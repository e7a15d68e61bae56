"""What partners ask, for the analysts: read, answer, or ask in return."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.desk.actions import reading
from balise.hotline.desk.actions.reading import OpenedThread
from balise.hotline.desk.queries import questions as queries
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.web.forms.desk import AnswerForm
from balise.hotline.welfare.actions import Enough


@staff
@require_GET
def questions(request: Request) -> HttpResponse:
    """List what partners wait to have answered."""
    found = queries.waiting(seen_by=request.actor)
    return render(request, "hotline/desk/questions.html", {"questions": found})


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def question(request: Request, report_id: UUID) -> HttpResponse:
    """Open what a partner wrote about a report, and answer."""
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            dialogue.write_as_hotline(report_id=report_id, by=request.actor, **form.cleaned_data)
        except (ObjectDoesNotExist, KeyForgotten) as missing:
            raise Http404 from missing
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your answer has been sent to the partner."))
            return redirect("staff:desk:questions")
    context: dict[str, object] = {"form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    try:
        context["opened"] = _opened(request, report_id)
    except Enough as refusal:
        context["says"] = refusal.message
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "hotline/desk/question.html", context, status=status)


def _opened(request: Request, report_id: UUID) -> OpenedThread:
    try:
        return reading.open_thread(report_id=report_id, by=request.actor)
    except (ObjectDoesNotExist, KeyForgotten):
        raise Http404 from None
