"""The staff door: what reporters wrote and somebody has to read; opened one at a time."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, say_undoable, status_of
from balise.foundation.web.doors import Request, staff
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting, correcting, dialogue
from balise.hotline.reports.actions.consulting import OpenedReport
from balise.hotline.reports.queries import dialogues, listing
from balise.hotline.reports.web.forms.content import AnswerForm
from balise.hotline.welfare.actions import Enough


@staff.get
def words(request: Request) -> HttpResponse:
    """List what waits to be read, danger first; not a word of it."""
    found = dialogues.waiting_words(seen_by=request.actor)
    context = {"words": found, "count": dialogues.words_to_read(request.actor)}
    return render(request, "hotline/reports/words.html", context)


@staff.get
def one(request: Request, report_id: UUID) -> HttpResponse:
    """Show what is known of one report, its words covered."""
    return _show(request, report_id)


@staff.post
def reveal(request: Request, report_id: UUID) -> HttpResponse:
    """Open what one reporter wrote; or say kindly why not now."""
    try:
        opened = consulting.read(report_id=report_id, by=request.actor)
    except Enough as refusal:
        return _show(request, report_id, says=refusal.message)
    return _show(request, report_id, opened=opened)


@staff.post
def answer(request: Request, report_id: UUID) -> HttpResponse:
    """Answer the reporter."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Answer sent to the reporter.")):
            dialogue.write_as_hotline(report_id=report_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:words")
    return _show(request, report_id, form=form)


@staff.post
def set_aside(request: Request, report_id: UUID) -> HttpResponse:
    """Let a message that was read wait no more, without an answer; that can be undone."""
    typed = request.POST.get("messages", "")
    count = int(typed) if typed.isdecimal() else 0
    with attempt(request):
        waited = dialogue.set_aside(report_id=report_id, messages=count, by=request.actor)
        undo = reverse("staff:hotline:bring-words-back", args=[report_id]) if waited else ""
        said = _("Marked as read. It comes back if they write again.")
        say_undoable(request, said, by=undo)
        return redirect("staff:hotline:words")
    return redirect("staff:hotline:words-of", report_id)


@staff.post
def bring_back(request: Request, report_id: UUID) -> HttpResponse:
    """Undo that a message was set aside: it waits to be read again."""
    with attempt(request, said=_("The message waits to be read again.")):
        dialogue.bring_back(report_id=report_id, by=request.actor)
    return redirect("staff:hotline:words")


@staff.post
def reopen(request: Request, report_id: UUID, content_id: UUID) -> HttpResponse:
    """Put a content of this report back in the queue, with what the report says of it."""
    with attempt(request, said=_("Reopened, with its history.")):
        correcting.reopen(content_id=content_id, because_of=report_id, by=request.actor)
        return redirect("staff:hotline:content", content_id)
    return redirect("staff:hotline:words-of", report_id)


def _show(
    request: Request,
    report_id: UUID,
    *,
    opened: OpenedReport | None = None,
    form: AnswerForm | None = None,
    says: str = "",
) -> HttpResponse:
    form = form or AnswerForm()
    context = {
        "words": dialogues.words_of(report_id=report_id, seen_by=request.actor),
        "contents": listing.contents_of(report_id=report_id, seen_by=request.actor),
        "opened": opened,
        "form": form,
        "says": says,
        "may_reopen": request.actor.may(access.ASSESS),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if says else status_of(form)
    return render(request, "hotline/reports/words_of.html", context, status=status)
