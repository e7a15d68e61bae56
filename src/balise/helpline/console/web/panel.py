"""The panel at the side of someone whom a listener has, or of a record to finish."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import visits
from balise.foundation.web.doors import Request, staff
from balise.helpline.console.queries import deeds, rail
from balise.helpline.console.web import person, record
from balise.helpline.console.web.forms import RecordForm, Saved
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import ContactRow
from balise.helpline.contacts.rules import NotYourContact
from balise.helpline.contacts.rules.proposing import ACTIONS, OUTCOME
from balise.helpline.queue.rules import WaitKind

OF_DEEDS = (f"{ACTIONS}:", f"{OUTCOME}:")  # how the keys begin that are proposed from what was done


@staff.post
def save(request: Request, contact_id: UUID) -> HttpResponse:
    """Save the record as it is written; where another wrote meanwhile, show both."""
    try:
        one = record.own(request, contact_id)
    except NotYourContact as lost:
        return _lost(request, contact_id, lost)
    form = record.record_form(request, one, given=record.confirmed(request.POST))
    record.keep(request, one, form)
    if request.htmx:
        return _saved(request, one, form)
    item_id = rail.held_item(one.subject, seen_by=request.actor)
    if form.saved.says and item_id is not None:
        return person.show(request, item_id, record_form=form)
    if form.saved.says:
        return record.show(request, one, form)
    messages.success(request, _("Saved."))
    return redirect(record.PAGE, one.id)


@staff.get
@visits.unattended
def proposals(request: Request, item_id: UUID) -> HttpResponse:
    """Show what the record of someone who chats proposes now, once they said something new."""
    one = person.held(request, item_id)
    if one.contact is None:
        raise Http404
    contact = contacts.contact(one.contact, seen_by=request.actor)
    said = person.said_in(one, request.actor) if one.kind is WaitKind.CHAT else None
    seen = deeds.seen_in(contact, seen_by=request.actor)
    context = record.opened(request, contact, said=said, seen=seen)
    context["item"] = one
    return render(request, "helpline/console/parts/side_record.html#proposals", context)


def _lost(request: Request, contact_id: UUID, lost: NotYourContact) -> HttpResponse:
    """Say who took the record over; what was typed stays in the page, or is shown on one."""
    if not request.htmx:
        return record.give_back(request, contact_id, lost)
    one = contacts.contact(contact_id, seen_by=request.actor)
    form = record.record_form(request, one, given=request.POST)
    form.saved = Saved(form.saved.version, says=lost.message, is_lost=True)
    context = {"record_form": form, "contact": one}
    return render(request, "helpline/console/parts.html#saved", context)


def _saved(request: Request, one: ContactRow, form: RecordForm) -> HttpResponse:
    """Say what was saved; show anew what was done proposes, where it is not what the page has."""
    found = record.from_deeds(form, deeds.seen_in(one, seen_by=request.actor))
    had = [key for key in request.POST.getlist("proposed") if key.startswith(OF_DEEDS)]
    context = {
        "record_form": form,
        "contact": one,
        "from_deeds": found,
        "is_new": had != [each.one.key for each in found],
    }
    return render(request, "helpline/console/parts.html#saved", context)
