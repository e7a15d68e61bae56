"""Someone whom a listener has: the conversation, the record beside it, the wrap-up."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from balise.foundation.clock import day_of
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.helpline.cases import access as cases_access
from balise.helpline.cases.queries import files as cases
from balise.helpline.channels.web.forms import AnswerForm
from balise.helpline.channels.web.pane import pane_of as written_of
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting, danger, passing_on, wrapping
from balise.helpline.console.queries import Held
from balise.helpline.console.rules import NotHeld
from balise.helpline.console.web.forms import BriefForm, RecordForm, WrapUpForm
from balise.helpline.contacts import access as contacts_access
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Conflict
from balise.helpline.contacts.rules.blocking import Length, needs_second
from balise.helpline.conversations.web.pane import pane_of
from balise.helpline.queue.rules import LIVE, Kind
from balise.helpline.removals import access as removals_access
from balise.helpline.removals import queries as removals

PAGE = "helpline/console/person.html"


@staff
@require_GET
def person(request: Request, item_id: UUID) -> HttpResponse:
    """Show someone whom one has."""
    return show(request, item_id)


@staff
@require_POST
def accept(request: Request, item_id: UUID) -> HttpResponse:
    """Accept a given one."""
    try:
        accepting.accept(item_id=item_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:console:console")
    return redirect("staff:console:person", item_id)


@staff
@require_POST
def save(request: Request, item_id: UUID) -> HttpResponse:
    """Save the record as it is written; where another wrote meanwhile, show both."""
    one = held(request, item_id)
    if one.contact is None:
        raise Http404
    form = _record_form(request, one.contact, {}, request.POST)
    saved: dict[str, Any] = {"version": request.POST.get("version", "0"), "item": one}
    if form.is_valid() and saved["version"].isdecimal():
        given = {code: value or None for code, value in form.cleaned_data.items()}
        try:
            saved["version"] = keeping.save(
                contact_id=one.contact,
                version=int(saved["version"]),
                given=given,
                by=request.actor,
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
        saved["says"] = _("Not saved: something in the record is not right.")
    if request.htmx:
        return render(request, "helpline/console/parts/saved.html", {"saved": saved})
    if "says" in saved:
        messages.error(request, str(saved["says"]))
    return redirect("staff:console:person", item_id)


@staff
@require_POST
def wrap_up(request: Request, item_id: UUID) -> HttpResponse:
    """Wrap up; what cannot be stays as it was typed."""
    one = held(request, item_id)
    if one.contact is None:
        wrapping.finish(item_id=item_id, by=request.actor)
        return redirect("staff:console:console")
    form = _wrap_up_form(request, one.contact, one.kind, request.POST)
    if not form.is_valid():
        return show(request, item_id, wrap_up_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        wrapping.wrap_up(item_id=item_id, contact_id=one.contact, by=request.actor, **form.given())
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, item_id, wrap_up_form=form, status=HTTPStatus.CONFLICT)
    messages.success(request, _wrapped(form.cleaned_data.get("block")))
    return redirect("staff:console:console")


@staff
@require_POST
def transfer(request: Request, item_id: UUID) -> HttpResponse:
    """Pass someone on with a brief."""
    held(request, item_id)
    form = BriefForm(request.POST, colleagues=queries.colleagues(seen_by=request.actor))
    if not form.is_valid():
        return show(request, item_id, brief_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        passing_on.transfer(item_id=item_id, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, item_id, brief_form=form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Passed on. Your colleague has your brief."))
    return redirect("staff:console:console")


@staff
@require_POST
def call_for_help(request: Request, item_id: UUID) -> HttpResponse:
    """Raise or lower one's hand."""
    action = passing_on.lower_hand if "lower" in request.POST else passing_on.call_for_help
    try:
        action(item_id=item_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("staff:console:person", item_id)


@staff
@require_POST
def declare(request: Request, item_id: UUID) -> HttpResponse:
    """One key: a life is in danger."""
    try:
        danger.life_danger(item_id=item_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:console:console")
    return redirect("staff:console:danger", item_id)


def held(request: Request, item_id: UUID) -> Held:
    """Return someone whom one has; another's person is not there for this page."""
    try:
        return queries.held(item_id, seen_by=request.actor)
    except (ObjectDoesNotExist, NotHeld) as missing:
        raise Http404 from missing


def show(
    request: Request,
    item_id: UUID,
    *,
    wrap_up_form: WrapUpForm | None = None,
    brief_form: BriefForm | None = None,
    answer_form: AnswerForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show someone whom one has, with what was typed in a form that was refused."""
    try:
        one = queries.held(item_id, seen_by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except NotHeld as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:console:console")
    seen_by = request.actor
    language = (get_language() or "fr")[:2]
    context: dict[str, Any] = {
        "item": one,
        "pane": pane_of(one.subject, seen_by=seen_by) if one.kind is Kind.CHAT else None,
        "written": written_of(one.subject, seen_by=seen_by, form=answer_form)
        if one.kind is Kind.MESSAGE
        else None,
        "briefs": passing_on.open_briefs(item_id=item_id, by=seen_by) if one.briefs else [],
        "brief_form": brief_form or BriefForm(colleagues=queries.colleagues(seen_by=seen_by)),
        "desk": queries.desk(seen_by=seen_by),
        "may_ask_removal": seen_by.may(removals_access.WORK),
        "removals": (
            removals.requests_of(one.contact, seen_by=seen_by)
            if one.contact is not None and seen_by.may(removals_access.READ)
            else []
        ),
        "answers": contacts.answers(seen_by=seen_by, language=language),
    }
    if one.contact is not None:
        context["case"] = cases.case_of_contact(one.contact, seen_by=seen_by)
        context["may_open_case"] = seen_by.may(cases_access.WORK)
        opened = keeping.open_record(contact_id=one.contact, by=seen_by)
        kept = {**opened.body, **(opened.person or {}), **(opened.notes or {})}
        context["saved"] = {"version": opened.version, "item": one}
        context["record_form"] = _record_form(request, one.contact, kept)
        context["wrap_up_form"] = wrap_up_form or _wrap_up_form(request, one.contact, one.kind)
    return render(request, PAGE, context, status=status)


def _record_form(
    request: Request, contact_id: UUID, kept: dict[str, Any], given: Any = None
) -> RecordForm:
    row = contacts.contact(contact_id, seen_by=request.actor)
    return RecordForm(
        given,
        form=contacts.form(day_of(row.begun_at)),
        has_notes=request.actor.may(contacts_access.NOTES),
        kept=kept,
        prefix="record",
    )


def _wrapped(block: Length | None) -> str:
    if block is None:
        return _("Wrapped up.")
    if needs_second(block):
        return _("Wrapped up. The block holds a day; a second person decides on the rest.")
    return _("Wrapped up. The block ends by itself.")


def _wrap_up_form(request: Request, contact_id: UUID, kind: Kind, given: Any = None) -> WrapUpForm:
    day = day_of(contacts.contact(contact_id, seen_by=request.actor).begun_at)
    return WrapUpForm(
        given,
        form=contacts.form(day),
        kinds=contacts.contact_kinds(),
        topics=contacts.topics(day),
        may_block=kind in LIVE and request.actor.may(contacts_access.BLOCK),
        prefix="wrap",
    )
