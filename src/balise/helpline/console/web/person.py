"""Someone whom a listener has: the conversation, the record beside it, the wrap-up."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused, refusals_as
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases import access as cases_access
from balise.helpline.channels.rules import Audience, Side as Author
from balise.helpline.channels.web.forms import Pane as Letters, pane_of as written_of
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting, danger, passing_on, wrapping
from balise.helpline.console.queries import dangers, deeds, rail as console_rail
from balise.helpline.console.queries.dangers import Checklist, Held
from balise.helpline.console.queries.rail import rail
from balise.helpline.console.rules import NotHeld
from balise.helpline.console.web import record, steps
from balise.helpline.console.web.forms import BriefForm, WrapUpForm
from balise.helpline.console.web.line_forms import CommandForm, transfer_form
from balise.helpline.console.web.record import Said
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import ContactRow
from balise.helpline.conversations import queries as conversations
from balise.helpline.conversations.queries import Event
from balise.helpline.conversations.rules import Side
from balise.helpline.conversations.web.forms import SayForm
from balise.helpline.conversations.web.pane import Pane, notes_of, pane_of
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming
from balise.helpline.queue.rules import LIVE, NotYours, WaitKind
from balise.helpline.removals import access as removals_access
from balise.helpline.telephony import access as telephony_access, queries as telephony
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.calls import Command

PAGE = "helpline/console/person.html"
_CALLERS = {
    Audience.YOUNG: "child",
    Audience.PARENT: "parent",
    Audience.PROFESSIONAL: "professional",
}


@staff.get
def person(request: Request, item_id: UUID) -> HttpResponse:
    """Show someone whom one has."""
    return show(request, item_id)


@staff.post
def accept(request: Request, item_id: UUID) -> HttpResponse:
    """Accept a given one."""
    with attempt(request):
        accepted = accepting.accept(item_id=item_id, by=request.actor)
        if accepted is None:
            messages.info(request, _("The person has left: nobody is waiting here."))
            return redirect("staff:console:console")
        record.say_what_made_way(request, accepted)
        return redirect("staff:console:person", item_id)
    return redirect("staff:console:console")


@staff.post
def put_back(request: Request, item_id: UUID) -> HttpResponse:
    """Put back in line what is not live; what was typed is saved before, by the page."""
    with attempt(request, said=_("Back in the queue, in its place. Your text is saved with it.")):
        claiming.put_back(item_id=item_id, by=request.actor)
    return redirect("staff:console:console")


@staff.post
def wrap_up(request: Request, item_id: UUID) -> HttpResponse:
    """Wrap up; what cannot be stays as it was typed."""
    try:
        one = _held(request, item_id)
    except NotHeld as missing:
        about = queue.item(item_id, seen_by=request.actor).subject
        contact = contacts.contact_of(about, seen_by=request.actor)
        if contact is None or contact.is_mine:
            raise Http404 from missing
        return record.finish(request, contact.id)  # another has them: who had them is told
    if isinstance(one, UUID):  # they went while it was written
        return record.finish(request, one)
    if one.contact is None:
        with attempt(request):
            wrapping.finish(item_id=item_id, by=request.actor)
            return redirect("staff:console:console")
        return redirect("staff:console:person", item_id)
    contact = contacts.contact(one.contact, seen_by=request.actor)
    form = record.record_form(request, contact, given=request.POST)
    wrap_up_form = _wrap_up_form(request, one, contact, request.POST)
    action = partial(wrapping.wrap_up, item_id=item_id, contact_id=one.contact)
    if record.close(request, contact, form, wrap_up_form, action):
        return record.go_on(request)
    return show(request, item_id, record_form=form, wrap_up_form=wrap_up_form)


@staff.post
def transfer(request: Request, item_id: UUID) -> HttpResponse:
    """Pass someone on with a brief."""
    held(request, item_id)
    form = BriefForm(request.POST, colleagues=queries.colleagues(seen_by=request.actor))
    if form.is_valid():
        said = _("Passed on. Your colleague has your message.")
        with attempt(request, form, said=said, conflict=True):
            passing_on.transfer(item_id=item_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:console:console")
    return show(request, item_id, brief_form=form)


@staff.post
def call_for_help(request: Request, item_id: UUID) -> HttpResponse:
    """Raise or lower one's hand."""
    action = passing_on.lower_hand if "lower" in request.POST else passing_on.call_for_help
    with attempt(request):
        action(item_id=item_id, by=request.actor)
    return redirect("staff:console:person", item_id)


@staff.post
def declare(request: Request, item_id: UUID) -> HttpResponse:
    """One key: a life is in danger."""
    with attempt(request):
        danger.life_danger(item_id=item_id, by=request.actor)
        return redirect("staff:console:person", item_id)
    return redirect("staff:console:console")


def read_id(text: str) -> UUID | None:
    """Return the id that a page sent, or None where it sent none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def held(request: Request, item_id: UUID) -> Held:
    """Return someone whom one has; another's person is not there for this page."""
    with refusals_as(Http404):
        return queries.held(item_id, seen_by=request.actor)


def _held(request: Request, item_id: UUID) -> Held | UUID:
    """Return someone whom one has, or one's own record to finish of someone who is gone."""
    try:
        return queries.held(item_id, seen_by=request.actor)
    except NotHeld:
        item = queue.item(item_id, seen_by=request.actor)
        left = console_rail.to_finish(item.subject, seen_by=request.actor)
        if left is None:
            raise
        return left


def show(
    request: Request,
    item_id: UUID,
    steps_saved: dict[str, Any] | None = None,
    status: int = HTTPStatus.OK,
    /,
    **filled: Form,
) -> HttpResponse:
    """Show someone whom one has, with what was typed in a form that was refused.

    Someone in immediate danger is shown to all who may read that (`dangers.check_may_read`).
    """
    found = _in_danger(request, item_id)
    is_on = found is not None and not found.over
    in_danger = steps.page(request, found, steps_saved) | filled if found else {}
    status = max(status, status_of(*filled.values()))
    try:
        one = _held(request, item_id)
    except NotHeld as refusal:
        if found is not None:
            return show_danger(request, found, in_danger, status=status)
        messages.error(request, refusal.message)
        return redirect("staff:console:console")
    if isinstance(one, UUID):
        if found is not None and not found.over:
            return show_danger(request, found, {**in_danger, "record": one}, status=status)
        messages.info(request, _("The person has left. Their record is waiting for you here."))
        return redirect("staff:console:record", one)
    seen_by = request.actor
    language = (get_language() or "fr")[:2]
    given = filled.get("say_form")
    said = given if isinstance(given, SayForm) else None
    context: dict[str, Any] = {
        **(in_danger if is_on else {"was_danger": found}),
        "item": one,
        "pane": pane_of(one.subject, seen_by=seen_by, form=said)
        if one.kind is WaitKind.CHAT
        else None,
        "written": written_of(one.subject, seen_by=seen_by, form=filled.get("answer_form"))
        if one.kind is WaitKind.MESSAGE
        else None,
        "briefs": passing_on.open_briefs(item_id=item_id, by=seen_by) if one.briefs else [],
        "brief_form": BriefForm(colleagues=queries.colleagues(seen_by=seen_by)),
        "transfer_form": transfer_form(one, seen_by=seen_by),
        **_around(request, one),
        "may_ask_removal": seen_by.may(removals_access.WORK),
        "may_call_back": seen_by.may(telephony_access.WORK),
        "may_open_case": seen_by.may(cases_access.WORK),
        "answers": contacts.answers(seen_by=seen_by, language=language),
    }
    if one.contact is not None:
        beside = deeds.beside(one.contact, seen_by=seen_by)
        heard, typed = _said(one, context["pane"], context["written"]), filled.get("record_form")
        context |= beside._asdict() | record.opened(
            request, beside.contact, typed, heard, beside.seen
        )
        context["wrap_up_form"] = _wrap_up_form(request, one, beside.contact)
        context["wrap_up_url"] = reverse("staff:console:wrap-up", args=[item_id])
    return render(request, PAGE, context | filled, status=status)


def _around(request: Request, item: Held) -> dict[str, Any]:
    """Return what stands around whom a page is about: one's console and the rail."""
    seen_by = request.actor
    desk = queries.desk(seen_by=seen_by)
    notes = notes_of(item.subject, seen_by=seen_by) if item.kind is WaitKind.CHAT else {}
    return {
        **notes,
        "desk": desk,
        "rail": rail(seen_by=seen_by, on_screen=item.id, reading=item.subject, desk=desk),
    }


def _in_danger(request: Request, item_id: UUID) -> Checklist | None:
    """Return the danger of someone, on or over, to whom may read it; else None."""
    try:
        return dangers.checklist(item_id, seen_by=request.actor)
    except NotYours:
        return None


def show_danger(
    request: Request,
    found: Checklist,
    context: dict[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show someone in danger whom another has, or nobody: the same band, chat and steps."""
    try:
        pane = (
            pane_of(found.item.subject, seen_by=request.actor)
            if found.item.kind is WaitKind.CHAT
            else None
        )
    except (ObjectDoesNotExist, Refused, PermissionDenied):
        pane = None  # whoever declared it and has them no more reads the steps alone
    context = context or steps.page(request, found)
    context |= {"pane": pane, "item": found.item, **_around(request, found.item)}
    return render(request, "helpline/console/danger.html", context, status=status)


def said_in(one: Held, seen_by: Actor) -> Said:
    """Return what someone who chats said in all, to the listener who has them."""
    conversation, key = conversations.joined(one.subject, seen_by=seen_by)
    return _of_chat(one, conversations.after(conversation.id, 0, key=key))


def _said(one: Held, pane: Pane | None, written: Letters | None) -> Said:
    if pane is not None:
        return _of_chat(one, pane.events)
    risk = one.risk.value if one.by_words else ""
    if written is None:
        return Said(risk=risk)
    texts = tuple(each.text for each in written.one.messages if each.side is Author.PERSON)
    caller = _CALLERS.get(written.one.audience, "") if written.one.audience else ""
    return Said(texts, caller, risk)


def _of_chat(one: Held, events: list[Event]) -> Said:
    texts = tuple(each.text for each in events if each.side is Side.YOUNG and each.text)
    return Said(texts, risk=one.risk.value if one.by_words else "")


def _wrap_up_form(
    request: Request, one: Held, contact: ContactRow, given: Any = None
) -> WrapUpForm:
    return record.wrap_up_form(
        request,
        contact,
        given,
        may_block=one.kind in LIVE,
        asks_attempt=one.kind is WaitKind.CALL_BACK and telephony.is_to_be_called(one.subject),
    )


# A listener's call and its exchange: hold, resume, transfer.


@staff.get
def line(request: Request, item_id: UUID) -> HttpResponse:
    """Show what the exchange does with one's call: a page asks while it is under way."""
    context = {"item": held(request, item_id)}
    return render(request, "helpline/console/parts.html#line", context)


@staff.post
def command(request: Request, item_id: UUID) -> HttpResponse:
    """Ask the exchange to hold, resume or transfer one's call."""
    one = held(request, item_id)
    asked = CommandForm(request.POST)
    if not asked.is_valid():
        return redirect("staff:console:person", item_id)
    what, form = asked.cleaned_data["command"], None
    if what is Command.TRANSFER:
        form = transfer_form(one, seen_by=request.actor, given=request.POST)
        if form is None:  # the call ended meanwhile: its page says so
            return redirect("staff:console:person", item_id)
        if not form.is_valid():
            return show(request, item_id, transfer_form=form)
    to = form.cleaned_data if form else {}
    with attempt(request, form):
        calling_back.command(call_id=one.subject, command=what, by=request.actor, **to)
        return redirect("staff:console:person", item_id)
    if form is not None:
        return show(request, item_id, transfer_form=form)
    return redirect("staff:console:person", item_id)
