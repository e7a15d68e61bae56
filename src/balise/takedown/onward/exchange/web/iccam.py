"""ICCAM, for the people of the line: what is there, what is to be done there, what is in doubt."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions.iccam import exporting
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.iccam.conduct import (
    CaseState,
    NumbersRefused,
    StepState,
)
from balise.takedown.onward.exchange.web.forms import DoubtForm

TONES = {
    CaseState.QUEUED: "note",
    CaseState.IN_DOUBT: "danger",
    CaseState.EXPORTED: "good",
    CaseState.REFUSED: "warn",
    CaseState.TAKEN_IN: "good",
    CaseState.WITHDRAWN: "plain",
}
STEP_TONES = {
    StepState.WAITING: "note",
    StepState.DONE: "good",
    StepState.NEEDLESS: "plain",
    StepState.REFUSED: "warn",
}


@staff.get
def cases(request: Request) -> HttpResponse:
    """List what is in ICCAM of ours, and here of theirs."""
    found = queries.cases(seen_by=request.actor)
    context = {"rows": [(one, TONES[one.stands]) for one in found], "is_on": queries.is_on()}
    return render(request, "takedown/exchange/iccam.html", context)


@staff.get
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Show one content in ICCAM: how it stands, and each step."""
    return _show(request, case_id, DoubtForm())


@staff.post
def settle(request: Request, case_id: UUID) -> HttpResponse:
    """Say what is in ICCAM under our reference."""
    form = DoubtForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Noted."), at={NumbersRefused.code: "content"}):
            exporting.settle_doubt(case_id=case_id, found=form.found, by=request.actor)
            return redirect("staff:exchange:iccam-case", case_id)
    return _show(request, case_id, form)


@staff.post
def withdraw(request: Request, case_id: UUID) -> HttpResponse:
    """Give an export up."""
    exporting.withdraw(case_id=case_id, by=request.actor)
    return redirect("staff:exchange:iccam-case", case_id)


def _show(request: Request, case_id: UUID, form: DoubtForm) -> HttpResponse:
    one = there(queries.case(case_id, seen_by=request.actor))
    may_send = request.actor.may(access.SEND)
    context = {
        "one": one,
        "tone": TONES[one.stands],
        "steps": [(step, STEP_TONES[step.stands]) for step in one.steps.all()],
        "content_url": (
            reverse("staff:hotline:content", args=[one.subject])
            if one.line == "hotline" and one.subject
            else ""
        ),
        "form": form,
        "may_settle": (may_send and one.stands is CaseState.IN_DOUBT) or form.is_bound,
        "may_withdraw": may_send and one.stands in {CaseState.QUEUED, CaseState.REFUSED},
    }
    return render(request, "takedown/exchange/iccam_case.html", context, status=status_of(form))
