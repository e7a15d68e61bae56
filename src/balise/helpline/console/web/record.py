"""The record of a contact and its wrap-up, beside whoever it is about or after they are gone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.clock import day_of, now
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.console import access
from balise.helpline.console.actions import accepting, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.queries import deeds, rail
from balise.helpline.console.web.forms import Lists, Proposed, RecordForm, Saved, WrapUpForm
from balise.helpline.console.web.rows import in_words
from balise.helpline.contacts import access as contacts_access, queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.queries import ContactRow
from balise.helpline.contacts.rules import Channel, Conflict, ContactState, NotYourContact
from balise.helpline.contacts.rules.blocking import Length, needs_second
from balise.helpline.contacts.rules.proposing import (
    ACTIONS,
    FIELDS,
    MANY,
    NOTHING_SEEN,
    RISK,
    Proposal,
    Seen,
    Source,
    propose,
    propose_from_deeds,
)
from balise.helpline.conversations import queries as talks
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries.dangers import on_about

# Taking someone: who is next, and what is said of it.


def take_next(request: Request) -> HttpResponse:
    """Accept who is next and lead to them; to one's console where nobody is."""
    with attempt(request):
        accepted = accepting.accept(by=request.actor)
        if accepted is not None:
            say_what_made_way(request, accepted)
            return redirect("staff:console:person", accepted.item)
        _say_nobody(request)
    return redirect("staff:console:console")


def say_what_made_way(request: Request, accepted: Accepted) -> None:
    """Say where what one had before someone in danger is now."""
    if accepted.made_way:
        messages.info(request, _("Your contact is back in its place, with your text."))


def _say_nobody(request: Request) -> None:
    if queue.live().in_danger:
        words = _(
            "A person in danger is waiting, and you already have a contact: see the wallboard."
        )
        messages.warning(request, words)
    else:
        messages.info(request, _("Nobody is waiting for you."))


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, the oldest first, and who they said they were; `risk` raised by words."""

    texts: tuple[str, ...] = ()
    caller: str = ""
    risk: str = ""


PAGE = "staff:console:record"
# Who came by these may be known again.
_BLOCKED = frozenset({Channel.CALL, Channel.CHAT})


@staff.get
def records(request: Request) -> HttpResponse:
    """Show the records to finish: one's own, and to supervisors everyone's."""
    found = rail.unfinished(seen_by=request.actor)
    context = {
        "own": [one for one in found if one.is_mine],
        "others": [one for one in found if not one.is_mine],
        "may_supervise": request.actor.may(access.SUPERVISE),
    }
    return render(request, "helpline/console/records.html", context)


@staff.get
def record(request: Request, contact_id: UUID) -> HttpResponse:
    """Show one's own record; one whose person is still there is on their page."""
    try:
        return show(request, own(request, contact_id))
    except NotYourContact as lost:
        return show_lost(request, lost)


@staff.post
def finish(request: Request, contact_id: UUID) -> HttpResponse:
    """Wrap up whoever is gone; what cannot be stays as it was typed."""
    try:
        one = own(request, contact_id)
    except NotYourContact as lost:
        return give_back(request, contact_id, lost)
    may_block = one.channel in _BLOCKED
    form = record_form(request, one, given=request.POST)
    wrap_up = wrap_up_form(request, one, request.POST, may_block=may_block)
    if close(request, one, form, wrap_up, partial(wrapping.finish_record, contact_id=one.id)):
        return go_on(request)
    return show(request, one, form, wrap_up)


@staff.post
def take_over(request: Request, contact_id: UUID) -> HttpResponse:
    """Take over a colleague's record, to finish it for them."""
    with attempt(request):
        wrapping.take_over(contact_id=contact_id, by=request.actor)
        return redirect(PAGE, contact_id)
    return redirect("staff:console:records")


def go_on(request: Request) -> HttpResponse:
    """Lead on after a wrap-up: to the next person where that was asked for, else to the console."""
    if "next" in request.POST:
        return take_next(request)
    return redirect("staff:console:console")


def wrapped(block: Length | None) -> str:
    """Return what is said of a wrap-up, and of its block."""
    if block is None:
        return _("Contact wrapped up.")
    if needs_second(block):
        return _("Wrapped up. The block lasts one day; a second person decides on the rest.")
    return _("Wrapped up. The block ends automatically.")


def keep(request: Request, one: ContactRow, form: RecordForm) -> bool:
    """Save what is right in a record; say in it what became of it. Return whether all was saved."""
    is_right, version = form.is_valid(), request.POST.get("version", "0")
    try:
        saved = keeping.save(
            contact_id=one.id,
            version=int(version) if version.isdecimal() else 0,
            given=form.given(),
            by=request.actor,
        )
    except Conflict as conflict:
        shown = [code for code in conflict.theirs if not form[code].is_hidden]
        theirs = [(str(form[code].label), conflict.theirs[code]) for code in shown]
        form.saved = Saved(conflict.version, says=conflict.message, theirs=tuple(theirs))
    except Refused as refusal:
        form.saved = Saved(form.saved.version, says=refusal.message)
    else:
        wrong = ", ".join(str(form[code].label) for code in form.errors)
        says = _("Not saved, to correct: %(fields)s.") % {"fields": wrong} if wrong else ""
        form.saved = Saved(saved, at=now(), says=says)
    return is_right and not form.saved.says


def close(
    request: Request,
    one: ContactRow,
    form: RecordForm,
    wrap_up: WrapUpForm,
    action: Callable[..., Any],
) -> bool:
    """Save a record and close its contact with its codes; say in the forms what is in the way."""
    is_right = wrap_up.is_valid()
    if not keep(request, one, form):
        if form.is_valid():
            wrap_up.add_error(None, ValidationError(form.saved.says, code="conflict"))
        return False
    codes = form.codes()
    wrap_up.ask_why(codes["risk"])
    if not (is_right and form.is_valid() and wrap_up.is_valid()):
        return False
    said = wrapped(wrap_up.cleaned_data.get("block"))
    with attempt(request, wrap_up, said=said, conflict=True):
        action(by=request.actor, **codes, **wrap_up.given())
        return True
    return False


def opened(
    request: Request,
    one: ContactRow,
    form: Any = None,
    said: Said | None = None,
    seen: Seen = NOTHING_SEEN,
) -> dict[str, Any]:
    """Return what the record shows, opened with a trace; `form`: as it was typed."""
    found = keeping.open_record(contact_id=one.id, by=request.actor)
    kept = {**found.body, **(found.person or {}), **(found.notes or {})}
    form = form or record_form(request, one, kept, version=found.version)
    return {
        "contact": one,
        "record_form": form,
        "proposals": form.open_to(proposed(one, said or Said())),
        "from_deeds": from_deeds(form, seen),
    }


def from_deeds(form: RecordForm, seen: Seen) -> list[Proposed]:
    """Return what a record proposes from what was done, as it says it and as Balise saw it."""
    if ACTIONS not in form.fields:
        return []
    ticked, refused = form[ACTIONS].value() or (), form["refused"].value() or ()
    rules = contacts.deed_rules()
    return form.open_to(propose_from_deeds(ticked, seen, rules=rules, refused=refused))


def proposed(one: ContactRow, said: Said) -> list[Proposal]:
    """Return what a record proposes from what its person gave and said; nothing of it is saved."""
    words, age = contacts.proposal_words(), _age(one)
    found = propose(said.texts, words=words, age=age, caller=said.caller)
    risk = [Proposal(RISK, said.risk, source=Source.DANGER)] if said.risk else []
    return [*found, *risk]


def confirmed(given: QueryDict) -> QueryDict:
    """Return what was sent, with the proposals that were confirmed or refused by a plain button."""
    if not {"yes", "no"} & set(given):
        return given
    filled = given.copy()
    every = given.getlist("proposed") if "*" in given.getlist("yes") else given.getlist("yes")
    for key in every:
        field, _colon, value = key.partition(":")
        if field in MANY:
            filled.appendlist(f"record-{field}", value)
        elif field in FIELDS:
            filled[f"record-{field}"] = value
            filled.appendlist("record-confirmed", key)
    for key in given.getlist("no"):
        filled.appendlist("record-refused", key)
    return filled


def record_form(
    request: Request,
    one: ContactRow,
    kept: Mapping[str, Any] | None = None,
    given: Any = None,
    version: int = 0,
) -> RecordForm:
    """Return the record as the form of its day has it."""
    day = day_of(one.begun_at)
    return RecordForm(
        given,
        form=contacts.form(day),
        lists=Lists(contacts.topics(day), contacts.contact_kinds(), contacts.proposal_words()),
        worst=queue.worst_about(one.subject, since=one.begun_at),
        has_notes=request.actor.may(contacts_access.NOTES),
        kept=kept or {},
        saved=Saved(version or one.version),
    )


def wrap_up_form(
    request: Request,
    one: ContactRow,
    given: Any = None,
    *,
    may_block: bool = False,
    asks_attempt: bool = False,
) -> WrapUpForm:
    """Return what the end of a contact asks for beside its record."""
    return WrapUpForm(
        given,
        form=contacts.form(day_of(one.begun_at)),
        kinds=contacts.contact_kinds(),
        worst=queue.worst_about(one.subject, since=one.begun_at),
        may_block=may_block and request.actor.may(contacts_access.BLOCK),
        asks_attempt=asks_attempt,
        prefix="wrap",
    )


def _age(one: ContactRow) -> int | None:
    """Return the age in years that someone gave in the chat: the record starts with it."""
    return talks.age_of(one.subject) if one.channel is Channel.CHAT else None


def own(request: Request, contact_id: UUID) -> ContactRow:
    """Return one's own contact; another's is not there for its pages.

    Refuses (NotYourContact) who had it until a colleague took it over, and says who that is.
    """
    access.require(request.actor, access.WORK)
    one = contacts.contact(contact_id, seen_by=request.actor)
    if one.is_mine:
        return one
    name = rail.taken_over_by(contact_id, seen_by=request.actor)
    if name is None:
        raise Http404
    raise NotYourContact(
        _("%(name)s has taken over this record.") % {"name": name}
        if name
        else _("Another listener has this contact.")
    )


def give_back(request: Request, contact_id: UUID, lost: NotYourContact) -> HttpResponse:
    """Show what was typed to who had a record until a colleague took it over."""
    one = contacts.contact(contact_id, seen_by=request.actor)
    form = record_form(request, one, given=request.POST)
    lowering = wrap_up_form(request, one, given=request.POST).lowering()
    return show_lost(request, lost, in_words([*form.visible_fields(), *lowering]))


def show_lost(
    request: Request, lost: NotYourContact, typed: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """Say that a colleague took a record over, with what was `typed`: (label, words)."""
    context = {
        "says": lost.message,
        "typed": typed,
        "copied": "\n\n".join(f"{label}\n{words}" for label, words in typed or ()),
    }
    return render(request, "helpline/console/lost.html", context, status=HTTPStatus.CONFLICT)


def show(
    request: Request,
    one: ContactRow,
    form: RecordForm | None = None,
    wrap_up: WrapUpForm | None = None,
) -> HttpResponse:
    """Show a record of one's own whose person has left, with what was typed in its forms."""
    if one.state is ContactState.CLOSED:
        messages.info(request, _("This contact is wrapped up."))
        return redirect("staff:console:records")
    item_id = rail.held_item(one.subject, seen_by=request.actor)
    if item_id is not None and form is None:
        return redirect("staff:console:person", item_id)
    wrap_up = wrap_up or wrap_up_form(request, one, may_block=one.channel in _BLOCKED)
    context = {
        **opened(request, one, form, seen=deeds.seen_in(one, seen_by=request.actor)),
        "wrap_up_form": wrap_up,
        "wrap_up_url": reverse("staff:console:finish", args=[one.id]),
        "danger": on_about(one.subject),
    }
    status = status_of(*([form] if form else []), wrap_up)
    return render(request, "helpline/console/record.html", context, status=status)
