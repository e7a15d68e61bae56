"""The staff door, after an illegal verdict: tell the host, find out where it is, see it ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports.actions import notifying, removal
from balise.hotline.reports.rules.ending import NotUnderWay
from balise.hotline.reports.tasks import working
from balise.hotline.reports.web.forms.content import NoticeForm
from balise.hotline.reports.web.forms.ending import GivenUpForm, GoneForm
from balise.hotline.reports.web.staff import show
from balise.takedown.notices.actions.drafting import AlreadyNotified


@staff.post
def draft(request: Request, content_id: UUID) -> HttpResponse:
    """Draft the notice, and go on to it; it is sent from its own page."""
    form = NoticeForm(request.POST)
    if form.is_valid():
        said = _("The notice is drafted. Read it, then send it.")
        with attempt(request, form, said=said, conflict=(notifying.NotToNotify, AlreadyNotified)):
            notice_id = notifying.draft_notice(
                content_id=content_id, by=request.actor, **form.cleaned_data
            )
            return redirect("staff:notices:notice", notice_id)
    return show(request, content_id, notice_form=form)


@staff.post
def trace(request: Request, content_id: UUID) -> HttpResponse:
    """Ask the tracer where the content is hosted."""
    working.ask_trace(content_id=content_id, by=request.actor)
    messages.success(request, _("Tracing was requested: reload in a moment."))
    return redirect("staff:hotline:content", content_id)


@staff.post
def watch(request: Request, content_id: UUID) -> HttpResponse:
    """Have the watch look at a content whose host nobody can be told of yet."""
    with attempt(request, said=_("Monitoring checks it from now on.")):
        notifying.watch_unnotified(content_id=content_id, by=request.actor)
    return redirect("staff:hotline:content", content_id)


@staff.post
def gone(request: Request, content_id: UUID) -> HttpResponse:
    """Write down that it is gone, because the analyst saw so."""
    form = GoneForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Saved: it is gone."), conflict=NotUnderWay):
            removal.note_seen_gone(content_id=content_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, gone_form=form)


@staff.post
def give_up(request: Request, content_id: UUID) -> HttpResponse:
    """Close a content that nobody can remove."""
    form = GivenUpForm(request.POST)
    if form.is_valid():
        said = _("Saved: nothing more can be done.")
        with attempt(request, form, said=said, conflict=NotUnderWay):
            removal.give_up(content_id=content_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:content", content_id)
    return show(request, content_id, given_up_form=form)


@staff.post
def take_up(request: Request, content_id: UUID) -> HttpResponse:
    """Have it removed once more."""
    with attempt(request):
        removal.take_up_again(content_id=content_id, by=request.actor)
    return redirect("staff:hotline:content", content_id)
