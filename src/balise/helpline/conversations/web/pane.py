"""The listener's pane: a part that a page includes, and a plain page of its own.

    {% include "helpline/conversations/staff_parts.html#pane" with pane=pane %}
    <script type="module" src="{% static "talk/talk.js" %}"></script>

`pane_of` gives the context; it writes down that the conversation was read.
"""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.pages import Part, parts_of
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions import coaching, passing, saying
from balise.helpline.conversations.queries import Event, Shown, earlier, going
from balise.helpline.conversations.queries.earlier import Before
from balise.helpline.conversations.queries.marks import marked
from balise.helpline.conversations.rules import ConversationState, NotInConversation
from balise.helpline.conversations.web.forms import NoteForm, SayForm
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import ItemState

PAGE = "helpline/conversations/conversation.html"


@dataclass(frozen=True, slots=True)
class Pane:
    """A conversation as its listener, or a supervisor who reads along, sees it."""

    one: Shown
    events: list[Event]
    is_mine: bool
    is_over: bool
    form: SayForm
    me: str
    parts: list[Part]
    speaks: bool  # its listener, or a supervisor who was announced
    may_join: bool
    before: Before | None

    @property
    def marked(self) -> list[Event]:
        """Return the marked messages that still have words."""
        return [event for event in self.events if event.is_marked and event.text]


def pane_of(conversation_id: UUID, *, seen_by: Actor, form: SayForm | None = None) -> Pane:
    """Return the pane; refuses who may not read. Raises ObjectDoesNotExist."""
    one, key = queries.joined(conversation_id, seen_by=seen_by)
    passing.open_to_read(conversation_id=conversation_id, by=seen_by)
    passing.be_read(conversation_id=one.id, seq=one.last_seq, by=seen_by)
    names, marks = queries.names_in(one.id), marked(one.id, seen_by=seen_by)
    is_mine, is_open = one.listener == seen_by.key, one.state == ConversationState.OPEN
    is_other = seen_by.may(access.READ_ALONG) and not is_mine and bool(one.listener)
    is_in = is_other and seen_by.key in queries.announced([one.id])[one.id]
    return Pane(
        one=queries.shown(one, key),
        events=[
            replace(event, who=names.get(event.author, ""), is_marked=event.seq in marks)
            for event in queries.after(one.id, 0, key=key)
        ],
        is_mine=is_mine,
        is_over=one.state == ConversationState.ENDED,
        form=form or SayForm(),
        me=seen_by.key,
        parts=parts_of("talk.pane", one.id, seen_by=seen_by),
        speaks=is_mine or is_in,
        may_join=is_other and is_open and not is_in,
        before=earlier.before(one.id),
    )


@staff.get
def conversations(request: Request) -> HttpResponse:
    """List who waits, and one's own conversations."""
    context = {"rows": going.going_on(seen_by=request.actor)}
    return render(request, "helpline/conversations/conversations.html", context)


@staff.get
def conversation(request: Request, conversation_id: UUID) -> HttpResponse:
    """Show a conversation; reading it is written down."""
    with attempt(request):
        return _show(request, conversation_id)
    return redirect("staff:talk:conversations")


@staff.get
def before(request: Request, conversation_id: UUID) -> HttpResponse:
    """Show what the same person said in the conversation before; reading it is written down."""
    with attempt(request):
        one, key = passing.open_before(conversation_id=conversation_id, by=request.actor)
        context = {
            "later": conversation_id,
            "one": queries.shown(one, key),
            "events": queries.after(one.id, 0, key=key),
        }
        return render(request, "helpline/conversations/before.html", context)
    return redirect("staff:talk:conversation", conversation_id)


@staff.post
def same(request: Request, conversation_id: UUID) -> HttpResponse:
    """Note that the same browser is the same person, once they were asked."""
    with attempt(request):
        passing.say_same(conversation_id=conversation_id, by=request.actor)
    return _back(request, conversation_id)


@staff.post
def say(request: Request, conversation_id: UUID) -> HttpResponse:
    """Answer; what cannot be sent stays in the field."""
    form = SayForm(request.POST)
    if form.is_valid():
        with attempt(request, form, at="text"):
            try:
                seq = saying.answer(
                    conversation_id=conversation_id, by=request.actor, **form.cleaned_data
                )
            except NotInConversation:
                raise NotInConversation(_where(conversation_id)) from None
            if "X-Talk" in request.headers:
                return JsonResponse({"seq": seq})
            return _back(request, conversation_id)
    if "X-Talk" in request.headers:
        says = " ".join(str(each) for each in form.errors.get("text", []))
        return JsonResponse({"says": says}, status=HTTPStatus.CONFLICT)
    with attempt(request):
        return _show(request, conversation_id, form)
    return redirect("staff:talk:conversations")


@staff.post
def typing(request: Request, conversation_id: UUID) -> HttpResponse:
    """Show the young person that one is writing."""
    access.require_staff(request.actor)
    passing.be_typing(conversation_id=conversation_id, by=request.actor)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@staff.post
def whose(request: Request, conversation_id: UUID) -> HttpResponse:
    """Tell a page, before its stream, who spoke in the conversation; or who has it now."""
    try:
        queries.joined(conversation_id, seen_by=request.actor)
    except Refused:
        return JsonResponse({"says": _where(conversation_id)}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"names": queries.names_in(conversation_id)})


@staff.post
def speak(request: Request, conversation_id: UUID) -> HttpResponse:
    """Let a supervisor speak in the conversation: the young person is told."""
    with attempt(request):
        passing.speak_in(conversation_id=conversation_id, by=request.actor)
    return redirect("staff:talk:conversation", conversation_id)


@staff.post
def leave(request: Request, conversation_id: UUID) -> HttpResponse:
    """Let a supervisor leave the conversation: the young person is told."""
    with attempt(request):
        passing.step_out(conversation_id=conversation_id, by=request.actor)
    return redirect("staff:talk:conversation", conversation_id)


@staff.post
def mark(request: Request, conversation_id: UUID, seq: int) -> HttpResponse:
    """Mark a message, or take its mark away."""
    with attempt(request):
        coaching.mark(
            conversation_id=conversation_id,
            seq=seq,
            is_marked="unmark" not in request.POST,
            by=request.actor,
        )
    return _back(request, conversation_id)


@staff.post
def redact(request: Request, conversation_id: UUID, seq: int) -> HttpResponse:
    """Take the words of a message away, for both sides."""
    with attempt(request):
        passing.redact(conversation_id=conversation_id, seq=seq, by=request.actor)
    return _back(request, conversation_id)


@staff.post
def end(request: Request, conversation_id: UUID) -> HttpResponse:
    """End a conversation."""
    with attempt(request, said=_("The conversation has ended.")):
        passing.end(conversation_id=conversation_id, by=request.actor)
    return _back(request, conversation_id)


@staff.post
def note(request: Request, conversation_id: UUID) -> HttpResponse:
    """Leave a note for the listener, or answer one; what cannot be kept stays in the field."""
    form = NoteForm(request.POST)
    queries.joined(conversation_id, seen_by=request.actor)
    if form.is_valid():
        with attempt(request, form, at="text"):
            coaching.note(
                conversation_id=conversation_id, text=form.cleaned_data["text"], by=request.actor
            )
            if not request.htmx:
                return _back(request, conversation_id)
            form = NoteForm()
    if not request.htmx:
        return _show(request, conversation_id, note_form=form)
    context = notes_of(conversation_id, seen_by=request.actor) | {"note_form": form}
    if item := request.POST.get("item"):
        context["item"] = {"id": item}
    page = "helpline/conversations/staff_parts.html#notes"
    return render(request, page, context, status=status_of(form))


def notes_of(conversation_id: UUID, *, seen_by: Actor) -> dict[str, Any]:
    """Return what `staff_parts.html#notes` shows: notes of supervisors, and who may leave one."""
    return {
        "conversation": conversation_id,
        "notes": queries.coach_notes(conversation_id, seen_by=seen_by),
        "may_note": seen_by.may(access.READ_ALONG)
        and queries.account_of_listener(conversation_id) != seen_by.key,
    }


def _back(request: Request, conversation_id: UUID) -> HttpResponse:
    """Lead back to the page that it was sent from: the workspace says its item."""
    try:
        return redirect("staff:console:person", UUID(request.POST.get("item", "")))
    except ValueError:
        return redirect("staff:talk:conversation", conversation_id)


def page_of(conversation_id: UUID, *, seen_by: Actor) -> str:
    """Return where a listener goes on with a conversation: the workspace, where they hold it."""
    for item in queue.items_about(conversation_id):
        if item.state is ItemState.HELD and item.held_by == seen_by.key:
            return reverse("staff:console:person", args=[item.id])
    return reverse("staff:talk:conversation", args=[conversation_id])


def _where(conversation_id: UUID) -> str:
    """Return where a conversation is that one has no more: what was typed stays on one's page."""
    name = queries.listener_of(conversation_id)
    kept = _("Your text stays here, so that you can copy it.")
    if name:
        goes_on = _("The conversation continues with %(name)s.") % {"name": name}
    else:
        goes_on = _("The conversation waits for another listener.")
    return f"{goes_on} {kept}"


def _show(
    request: Request,
    conversation_id: UUID,
    form: SayForm | None = None,
    note_form: NoteForm | None = None,
) -> HttpResponse:
    pane = pane_of(conversation_id, seen_by=request.actor, form=form)
    context = {
        "pane": pane,
        "form": pane.form,
        **notes_of(conversation_id, seen_by=request.actor),
        "note_form": note_form,
    }
    status = status_of(*(one for one in (form, note_form) if one is not None))
    return render(request, PAGE, context, status=status)
