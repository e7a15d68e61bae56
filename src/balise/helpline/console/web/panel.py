"""The panel at the side of someone whom a listener has, or of a record to finish."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import visits
from balise.foundation.web.doors import Request, staff
from balise.helpline.console.queries import unfinished
from balise.helpline.console.web import person, record
from balise.helpline.contacts import queries as contacts
from balise.helpline.queue.rules import Kind


@staff.post
def save(request: Request, contact_id: UUID) -> HttpResponse:
    """Save the record as it is written; where another wrote meanwhile, show both."""
    one = record.own(request, contact_id)
    form = record.record_form(request, one, given=record.confirmed(request.POST))
    record.keep(request, one, form)
    if request.htmx:
        return render(request, "helpline/console/parts/saved.html", {"record_form": form})
    item_id = unfinished.held_item(one.subject, seen_by=request.actor)
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
    if one.contact is None or one.kind is not Kind.CHAT:
        raise Http404
    contact = contacts.contact(one.contact, seen_by=request.actor)
    context = record.opened(request, contact, said=person.said_in(one, request.actor))
    context["item"] = one
    return render(request, "helpline/console/parts/proposals.html", context)
