"""What partners ask, for the analysts: read, answer, or ask in return."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.desk.actions import reading
from balise.hotline.desk.queries import own
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.web.forms.content import AnswerForm
from balise.hotline.welfare.actions import Enough


@staff.get
def questions(request: Request) -> HttpResponse:
    """List what partners wait to have answered."""
    found = own.waiting(seen_by=request.actor)
    return render(request, "hotline/desk/questions.html", {"questions": found})


@staff.form
def question(request: Request, report_id: UUID) -> HttpResponse:
    """Open what a partner wrote about a report, and answer."""
    form = AnswerForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Your answer has been sent to the partner.")):
            dialogue.write_as_hotline(report_id=report_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:desk:questions")
    context: dict[str, object] = {"form": form}
    status = status_of(form)
    try:
        context["opened"] = reading.open_thread(report_id=report_id, by=request.actor)
    except Enough as refusal:
        context["says"] = refusal.message
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "hotline/desk/question.html", context, status=status)
