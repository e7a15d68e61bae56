"""The staff door, after an illegal verdict: tell the host, find out where it is, see it ended."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import concluding, notifying
from balise.hotline.reports.tasks import working
from balise.hotline.reports.web.forms.desk import NoticeForm
from balise.hotline.reports.web.forms.ending import GivenUpForm, GoneForm
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
    messages.success(request, _("Tracing was requested: reload in a moment."))
    return redirect("staff:hotline:content", content_id)


@staff
@require_POST
def watch(request: Request, content_id: UUID) -> HttpResponse:
    """Have the watch look at a content whose host nobody can be told of yet."""
    try:
        notifying.watch_unnotified(content_id=content_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Monitoring checks it from now on."))
    return redirect("staff:hotline:content", content_id)


@staff
@require_POST
def gone(request: Request, content_id: UUID) -> HttpResponse:
    """Write down that it is gone, because the analyst saw so."""
    form = GoneForm(request.POST)
    return _end(request, content_id, form, concluding.note_seen_gone, _("Saved: it is gone."))


@staff
@require_POST
def give_up(request: Request, content_id: UUID) -> HttpResponse:
    """Close a content that nobody can remove."""
    form, said = GivenUpForm(request.POST), _("Saved: nothing more can be done.")
    return _end(request, content_id, form, concluding.give_up, said)


@staff
@require_POST
def take_up(request: Request, content_id: UUID) -> HttpResponse:
    """Have it removed once more."""
    try:
        concluding.take_up_again(content_id=content_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("staff:hotline:content", content_id)


def _end(
    request: Request,
    content_id: UUID,
    form: GoneForm | GivenUpForm,
    action: Callable[..., None],
    said: str,
) -> HttpResponse:
    """End a removal as a form says; what cannot be stays as it was typed."""
    if form.is_valid():
        try:
            action(content_id=content_id, by=request.actor, **form.cleaned_data)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, said)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, ended=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
