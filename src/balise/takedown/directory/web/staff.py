"""The directory of hosts, for the people who send notices."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.takedown.directory import access, actions, queries
from balise.takedown.directory.web.forms import ContactForm, HostForm


@staff
@require_http_methods(["GET", "POST"])
def hosts(request: Request) -> HttpResponse:
    """List the hosts; add one."""
    found = queries.hosts(seen_by=request.actor)
    form = HostForm(request.POST or None)
    if form.is_valid():
        try:
            host_id = actions.add_host(**form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("staff:directory:host", host_id)
    return render(
        request,
        "takedown/directory/hosts.html",
        {"hosts": found, "form": form, "may_propose": request.actor.may(access.PROPOSE)},
        status=422 if form.is_bound else 200,
    )


@staff
@require_http_methods(["GET", "POST"])
def host(request: Request, host_id: UUID) -> HttpResponse:
    """Show one host and its contacts; propose one."""
    found = queries.host(host_id, seen_by=request.actor)
    if found is None:
        raise Http404
    form = ContactForm(request.POST or None)
    if form.is_valid():
        try:
            actions.propose_contact(host_id=host_id, **form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error("address", refusal.message)
        else:
            messages.success(request, _("Proposed: someone else approves it now."))
            return redirect("staff:directory:host", host_id)
    return render(
        request,
        "takedown/directory/host.html",
        {
            "host": found,
            "networks": queries.networks(found),
            "domain_count": queries.domain_count(found),
            "form": form,
            "may_propose": request.actor.may(access.PROPOSE),
            "may_approve": request.actor.may(access.APPROVE),
        },
        status=422 if form.is_bound else 200,
    )


@staff
@require_POST
def approve(request: Request, host_id: UUID, contact_id: UUID) -> HttpResponse:
    """Agree, as a second person, that notices may go there."""
    return _act(
        request,
        host_id,
        lambda: actions.approve_contact(contact_id=contact_id, by=request.actor),
        _("Approved: notices may go there."),
    )


@staff
@require_POST
def block(request: Request, host_id: UUID, contact_id: UUID) -> HttpResponse:
    """Send nothing there any more."""
    return _act(
        request,
        host_id,
        lambda: actions.block_contact(contact_id=contact_id, by=request.actor),
        _("Blocked: nothing is sent there any more."),
    )


def _act(request: Request, host_id: UUID, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("staff:directory:host", host_id)
