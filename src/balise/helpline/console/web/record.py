"""The record of a contact and its wrap-up, beside whoever it is about or after they are gone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.clock import day_of
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.console import access
from balise.helpline.console.actions import wrapping
from balise.helpline.console.queries import dangers, unfinished
from balise.helpline.console.web.forms import RecordForm, WrapUpForm
from balise.helpline.contacts import access as contacts_access, queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.queries import Row
from balise.helpline.contacts.rules import Channel, Conflict, State
from balise.helpline.contacts.rules.blocking import Length, needs_second
from balise.helpline.conversations import queries as talks
from balise.helpline.queue import queries as queue

# Who came by these may be known again.
_BLOCKED = frozenset({Channel.CALL, Channel.CHAT})


@staff.get
def records(request: Request) -> HttpResponse:
    """Show the records to finish: one's own, and to supervisors everyone's."""
    found = unfinished.unfinished(seen_by=request.actor)
    context = {
        "own": [one for one in found if one.is_mine],
        "others": [one for one in found if not one.is_mine],
        "may_supervise": request.actor.may(access.SUPERVISE),
    }
    return render(request, "helpline/console/records.html", context)


@staff.get
def record(request: Request, contact_id: UUID) -> HttpResponse:
    """Show one's own record; one whose person is still there is on their page."""
    return _show(request, _own(request, contact_id))


@staff.post
def save(request: Request, contact_id: UUID) -> HttpResponse:
    """Save the record as it is written; where another wrote meanwhile, show both."""
    one = _own(request, contact_id)
    form = record_form(request, one, {}, request.POST)
    saved: dict[str, Any] = {"version": request.POST.get("version", "0")}
    if form.is_valid() and saved["version"].isdecimal():
        given = {code: value or None for code, value in form.cleaned_data.items()}
        try:
            saved["version"] = keeping.save(
                contact_id=one.id, version=int(saved["version"]), given=given, by=request.actor
            )
            saved["is_saved"] = True
        except Conflict as conflict:
            saved |= {"version": conflict.version, "says": conflict.message}
            saved["theirs"] = [
                (form.fields[code].label, value) for code, value in conflict.theirs.items()
            ]
        except Refused as refusal:
            saved["says"] = refusal.message
    else:
        saved["says"] = _("Not saved: correct the errors in the record.")
    if request.htmx:
        return render(request, "helpline/console/parts/saved.html", {"saved": saved})
    if "says" in saved:
        messages.error(request, str(saved["says"]))
    return redirect("staff:console:record", one.id)


@staff.post
def finish(request: Request, contact_id: UUID) -> HttpResponse:
    """Wrap up whoever is gone; what cannot be stays as it was typed."""
    one = _own(request, contact_id)
    form = wrap_up_form(request, one, request.POST, may_block=one.channel in _BLOCKED)
    if form.is_valid():
        with attempt(request, form, said=wrapped(form.cleaned_data.get("block")), conflict=True):
            wrapping.finish_record(contact_id=one.id, by=request.actor, **form.given())
            return redirect("staff:console:console")
    return _show(request, one, form)


@staff.post
def take_over(request: Request, contact_id: UUID) -> HttpResponse:
    """Take over a colleague's record, to finish it for them."""
    with attempt(request):
        wrapping.take_over(contact_id=contact_id, by=request.actor)
        return redirect("staff:console:record", contact_id)
    return redirect("staff:console:records")


def wrapped(block: Length | None) -> str:
    """Return what is said of a wrap-up, and of its block."""
    if block is None:
        return _("Contact wrapped up.")
    if needs_second(block):
        return _("Wrapped up. The block lasts one day; a second person decides on the rest.")
    return _("Wrapped up. The block ends automatically.")


def opened(request: Request, one: Row) -> dict[str, Any]:
    """Return what the record shows, opened with a trace."""
    found = keeping.open_record(contact_id=one.id, by=request.actor)
    given = {"child_age": _age(one)}
    kept = {**given, **found.body, **(found.person or {}), **(found.notes or {})}
    return {
        "contact": one,
        "saved": {"version": found.version},
        "record_form": record_form(request, one, kept),
    }


def record_form(request: Request, one: Row, kept: dict[str, Any], given: Any = None) -> RecordForm:
    """Return the record as the form of its day has it."""
    return RecordForm(
        given,
        form=contacts.form(day_of(one.begun_at)),
        has_notes=request.actor.may(contacts_access.NOTES),
        kept=kept,
        prefix="record",
    )


def wrap_up_form(
    request: Request,
    one: Row,
    given: Any = None,
    *,
    may_block: bool = False,
    asks_attempt: bool = False,
) -> WrapUpForm:
    """Return the codes of a contact, as the form of its day has them."""
    day = day_of(one.begun_at)
    return WrapUpForm(
        given,
        form=contacts.form(day),
        kinds=contacts.contact_kinds(),
        topics=contacts.topics(day),
        worst=queue.worst_about(one.subject, since=one.begun_at),
        age=_age(one),
        may_block=may_block and request.actor.may(contacts_access.BLOCK),
        asks_attempt=asks_attempt,
        prefix="wrap",
    )


def _age(one: Row) -> int | None:
    """Return the age in years that someone gave in the chat: the record starts with it."""
    return talks.age_of(one.subject) if one.channel is Channel.CHAT else None


def _own(request: Request, contact_id: UUID) -> Row:
    access.require(request.actor, access.WORK)
    one = contacts.contact(contact_id, seen_by=request.actor)
    if not one.is_mine:
        raise Http404
    return one


def _show(request: Request, one: Row, form: WrapUpForm | None = None) -> HttpResponse:
    if one.state is State.CLOSED:
        messages.info(request, _("This contact is wrapped up."))
        return redirect("staff:console:records")
    item_id = unfinished.held_item(one.subject, seen_by=request.actor)
    if item_id is not None and form is None:
        return redirect("staff:console:person", item_id)
    form = form or wrap_up_form(request, one, may_block=one.channel in _BLOCKED)
    context = {
        **opened(request, one),
        "wrap_up_form": form,
        "danger_item": dangers.declared_about(one.subject),
    }
    return render(request, "helpline/console/record.html", context, status=status_of(form))
