"""One contact of the directory: approve it, confirm it, change its terms, block it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.directory import access, actions, queries
from balise.takedown.directory.web.forms import TermsForm


@staff.form
def contact(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Show the terms of a contact, and change them."""
    access.require(request.actor, access.PROPOSE)
    found = queries.contact(contact_id)
    if found is None or found.organisation_id != organisation_id:
        raise Http404
    form = TermsForm(request.POST) if request.method == "POST" else TermsForm.of(found.terms)
    if form.is_valid():
        actions.revise_contact(contact_id=contact_id, terms=form.terms, by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("staff:directory:entry", organisation_id)
    return render(
        request,
        "takedown/directory/contact.html",
        {"form": form, "contact": found},
        status=status_of(form),
    )


@staff.post
def approve(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Agree, as a second person, that notices may go there."""
    with attempt(request, said=_("Approved: notices can be sent there.")):
        actions.approve_contact(contact_id=contact_id, by=request.actor)
    return _back(request, organisation_id)


@staff.post
def confirm(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Say that an organisation can be told there today."""
    with attempt(request, said=_("Confirmed today.")):
        actions.confirm_contact(contact_id=contact_id, by=request.actor)
    return _back(request, organisation_id)


@staff.post
def block(request: Request, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Send nothing there any more."""
    with attempt(request, said=_("Blocked: nothing is sent there.")):
        actions.block_contact(contact_id=contact_id, by=request.actor)
    return _back(request, organisation_id)


def _back(request: Request, organisation_id: UUID) -> HttpResponse:
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("staff:directory:entry", organisation_id)
