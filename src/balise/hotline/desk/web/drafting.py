"""Report one content: write, see what the police would still need, send."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.desk import access
from balise.hotline.desk.actions import preparing, sending
from balise.hotline.desk.queries import drafts
from balise.hotline.desk.queries.drafts import OpenedDraft
from balise.hotline.desk.rules.words import DraftState
from balise.hotline.desk.web.forms import ReportForm


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write one report; it is kept before anything is said about it."""
    access.require_member(request.actor)
    if request.method == "GET":
        return render(request, "hotline/desk/new.html", {"form": ReportForm()})
    draft_id = preparing.prepare_one(cells=ReportForm(request.POST).cells, by=request.actor)
    return redirect("staff:desk:draft", draft_id)


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def draft(request: Request, draft_id: UUID) -> HttpResponse:
    """Show what a draft says and what it lacks; write it anew."""
    if request.method == "POST":
        try:
            preparing.revise(
                draft_id=draft_id, cells=ReportForm(request.POST).cells, by=request.actor
            )
        except (ObjectDoesNotExist, KeyForgotten):
            raise Http404 from None
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("staff:desk:draft", draft_id)
    return _show(request, draft_id)


@staff
@require_POST
def send(request: Request, draft_id: UUID) -> HttpResponse:
    """Send one draft."""
    try:
        report_id = sending.send_one(draft_id=draft_id, by=request.actor)
    except (ObjectDoesNotExist, KeyForgotten):
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:desk:draft", draft_id)
    messages.success(request, _("Accepted: the analysts have received it."))
    return redirect("staff:desk:report", report_id)


@staff
@require_POST
def drop(request: Request, draft_id: UUID) -> HttpResponse:
    """Give a draft up."""
    try:
        preparing.drop(draft_id=draft_id, by=request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:desk:draft", draft_id)
    messages.success(request, _("Discarded. Nothing was sent."))
    return redirect("staff:desk:home")


def _show(request: Request, draft_id: UUID) -> HttpResponse:
    found = _opened(request, draft_id)
    if found.state is DraftState.SENT:
        if found.report is None:
            raise Http404
        return redirect("staff:desk:report", found.report)
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
    status = HTTPStatus.OK
    return render(request, "hotline/desk/draft.html", context, status=status)


def _opened(request: Request, draft_id: UUID) -> OpenedDraft:
    try:
        found = drafts.draft(draft_id, seen_by=request.actor)
    except KeyForgotten:
        raise Http404 from None
    if found is None:
        raise Http404
    return found
