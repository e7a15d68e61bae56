"""Report one content: write, see what the police would still need, send."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.desk import access
from balise.hotline.desk.actions import preparing, sending
from balise.hotline.desk.queries import drafts
from balise.hotline.desk.rules.words import DraftState
from balise.hotline.desk.web.forms import ReportForm


@staff.form
def new(request: Request) -> HttpResponse:
    """Write one report; it is kept before anything is said about it."""
    access.require_member(request.actor)
    if request.method != "POST":
        return render(request, "hotline/desk/new.html", {"form": ReportForm()})
    draft_id = preparing.prepare_one(cells=ReportForm(request.POST).cells, by=request.actor)
    return redirect("staff:desk:draft", draft_id)


@staff.form
def draft(request: Request, draft_id: UUID) -> HttpResponse:
    """Show what a draft says and what it lacks; write it anew."""
    if request.method == "POST":
        with attempt(request):
            preparing.revise(
                draft_id=draft_id, cells=ReportForm(request.POST).cells, by=request.actor
            )
        return redirect("staff:desk:draft", draft_id)
    return _show(request, draft_id)


@staff.post
def send(request: Request, draft_id: UUID) -> HttpResponse:
    """Send one draft."""
    with attempt(request, said=_("Accepted: the analysts have received it.")):
        report_id = sending.send_one(draft_id=draft_id, by=request.actor)
        return redirect("staff:desk:report", report_id)
    return redirect("staff:desk:draft", draft_id)


@staff.post
def drop(request: Request, draft_id: UUID) -> HttpResponse:
    """Give a draft up."""
    with attempt(request, said=_("Discarded. Nothing was sent.")):
        preparing.drop(draft_id=draft_id, by=request.actor)
        return redirect("staff:desk:home")
    return redirect("staff:desk:draft", draft_id)


def _show(request: Request, draft_id: UUID) -> HttpResponse:
    found = there(drafts.draft(draft_id, seen_by=request.actor))
    if found.state is DraftState.SENT:
        return redirect("staff:desk:report", there(found.report))
    form = ReportForm.of(dict(found.cells))
    context = {
        "draft": found,
        "form": form,
        "faults": [
            (form[fault.field].label if fault.field in form.fields else "", fault)
            for fault in found.faults
        ],
        "may_send": found.state in {DraftState.READY, DraftState.KNOWN, DraftState.SAME},
    }
    return render(request, "hotline/desk/draft.html", context)
