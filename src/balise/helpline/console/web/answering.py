"""Answer someone who wrote, from their page."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.channels.actions import answering
from balise.helpline.channels.web.forms import AnswerForm, with_chat
from balise.helpline.console.queries.rail import rail
from balise.helpline.console.web.person import held, read_id, show
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.web.forms import SayForm

_DIGITS = 9


@staff.post
def answer(request: Request, item_id: UUID) -> HttpResponse:
    """Send an answer; what cannot be sent stays in the field."""
    one = held(request, item_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        text = given["text"]
        if given["with_chat"] and text.strip():
            language = (translation.get_language() or "fr")[:2]
            text = with_chat(text, language=language, words=_("To talk here in private:"))
        said = _("Answer saved. It is sent through the channel they chose.")
        with attempt(request, form, said=said, at="text"):
            answering.answer(
                thread_id=one.subject, text=text, message_id=given["message_id"], by=request.actor
            )
            return redirect("staff:console:person", item_id)
    return show(request, item_id, answer_form=form)


@staff.post
def aside(request: Request, item_id: UUID) -> HttpResponse:
    """Answer a chat that is not on the screen, without leaving the one that is.

    It goes to the person it names and to no other. What cannot be sent stays in its field; without
    a script, on the page of whom it is for.
    """
    one = held(request, item_id)
    on = read_id(request.POST.get("on", ""))
    form = SayForm(request.POST)
    if form.is_valid():
        with attempt(request, form, at="text"):
            saying.answer(conversation_id=one.subject, by=request.actor, **form.cleaned_data)
            seen = request.POST.get("seen", "")
            if seen.isdecimal():
                seq = int(seen[:_DIGITS])
                passing.be_read(conversation_id=one.subject, seq=seq, by=request.actor)
            if not request.htmx:
                return redirect("staff:console:person", on or item_id)
            form = SayForm()
    if not request.htmx:
        return show(request, item_id, say_form=form)
    context = {
        "rail": rail(seen_by=request.actor, on_screen=on),
        "item": {"id": on or ""},
        "aside_form": form if form.is_bound else None,
    }
    return render(request, "helpline/console/parts.html#peek", context, status=status_of(form))


@staff.post
def draft(request: Request, item_id: UUID) -> HttpResponse:
    """Keep an answer as it is typed."""
    one = held(request, item_id)
    form = AnswerForm(request.POST)
    form.is_valid()
    message_id = form.cleaned_data.get("message_id")
    if message_id is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    text = request.POST.get("text", "")
    context: dict[str, object] = {"is_kept": bool(text.strip())}
    try:
        answering.keep_draft(
            thread_id=one.subject, text=text, message_id=message_id, by=request.actor
        )
    except Refused as refusal:
        context = {"says": refusal.message}
    return render(request, "helpline/channels/pane.html#kept", context)


@staff.post
def again(request: Request, item_id: UUID, message_id: UUID) -> HttpResponse:
    """Send an answer again that did not arrive."""
    held(request, item_id)
    answering.try_again(message_id=message_id, by=request.actor)
    return redirect("staff:console:person", item_id)
