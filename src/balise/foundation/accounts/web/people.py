"""The people of the centre: who works here, who is asked for, who leaves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balise.foundation.accounts import access, queries
from balise.foundation.accounts.actions import people as actions
from balise.foundation.accounts.web.forms import InviteForm, RoleForm
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff


@staff
@require_GET
def people(request: Request) -> HttpResponse:
    """List everyone, and what waits for a second person."""
    proposals = queries.waiting_proposals(seen_by=request.actor)
    return render(
        request,
        "accounts/people.html",
        {
            "people": queries.people(seen_by=request.actor),
            "proposals": proposals,
            "may_propose": request.actor.may(access.PROPOSE),
        },
    )


@staff
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Ask for an account for a new colleague."""
    access.require(request.actor, access.PROPOSE)
    form = InviteForm(request.POST or None)
    if form.is_valid() and _done(
        form, lambda: actions.invite(**form.cleaned_data, by=request.actor)
    ):
        messages.success(request, _("Request sent. The link goes out once a second person agrees."))
        return redirect("staff:accounts:people")
    return render(
        request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200
    )


@staff
@require_GET
def person(request: Request, account_id: UUID) -> HttpResponse:
    """Show one person and what may be asked for them."""
    return _person(request, account_id, RoleForm())


@staff
@require_POST
def propose_role(request: Request, account_id: UUID) -> HttpResponse:
    """Ask for another role, or for someone to come back."""
    form = RoleForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: actions.propose_role(
            account_id=account_id, role=form.cleaned_data["role"], by=request.actor
        ),
    ):
        messages.success(request, _("Request sent. A second person must agree."))
        return redirect("staff:accounts:people")
    return _person(request, account_id, form, status=422)


@staff
@require_POST
def propose_access(request: Request, account_id: UUID) -> HttpResponse:
    """Ask for a new link for someone who cannot sign in any more."""
    return _act(
        request,
        lambda: actions.propose_access(account_id=account_id, by=request.actor),
        _("Request sent. The link goes out once a second person agrees."),
    )


@staff
@require_POST
def send_again(request: Request, account_id: UUID) -> HttpResponse:
    """Send the link of a confirmed invitation once more."""
    return _act(
        request,
        lambda: actions.send_again(account_id=account_id, by=request.actor),
        _("A new link was sent; the previous one no longer works."),
    )


@staff
@require_POST
def disable(request: Request, account_id: UUID) -> HttpResponse:
    """Close an account at once."""
    return _act(
        request,
        lambda: actions.disable(account_id=account_id, by=request.actor),
        _("The account is closed, and its sessions have ended."),
    )


@staff
@require_POST
def confirm(request: Request, proposal_id: UUID) -> HttpResponse:
    """Agree as the second person."""
    return _act(
        request,
        lambda: actions.confirm(proposal_id=proposal_id, by=request.actor),
        _("Confirmed."),
    )


@staff
@require_POST
def refuse(request: Request, proposal_id: UUID) -> HttpResponse:
    """Say no, or withdraw what one asked."""
    return _act(
        request,
        lambda: actions.refuse(proposal_id=proposal_id, by=request.actor),
        _("Refused. Nothing has changed."),
    )


def _person(
    request: Request, account_id: UUID, form: RoleForm, *, status: int = 200
) -> HttpResponse:
    found = there(queries.person(account_id, seen_by=request.actor))
    return render(
        request,
        "accounts/person.html",
        {
            "person": found,
            "form": form,
            "is_self": str(found.pk) == request.actor.key,
            "may_propose": request.actor.may(access.PROPOSE),
            "may_disable": request.actor.may(access.DISABLE),
        },
        status=status,
    )


def _act(request: Request, act: Callable[[], Any], said: str) -> HttpResponse:
    with attempt(request, said=said):
        act()
    return redirect("staff:accounts:people")


def _done(form: forms.Form, act: Callable[[], Any]) -> bool:
    with attempt(request, form):
        act()
        return True
    return False
