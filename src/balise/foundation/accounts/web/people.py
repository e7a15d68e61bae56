"""The people of the centre: who works here, who is asked for, who leaves."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import access, queries
from balise.foundation.accounts.actions import people as actions
from balise.foundation.accounts.web.forms import InviteForm, RoleForm
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.get
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


@staff.form
def invite(request: Request) -> HttpResponse:
    """Ask for an account for a new colleague."""
    access.require(request.actor, access.PROPOSE)
    form = InviteForm(posted(request))
    if form.is_valid():
        said = _("Request sent. The link goes out once a second person agrees.")
        with attempt(request, form, said=said):
            actions.invite(**form.cleaned_data, by=request.actor)
            return redirect("staff:accounts:people")
    return render(request, "accounts/invite.html", {"form": form}, status=status_of(form))


@staff.get
def person(request: Request, account_id: UUID) -> HttpResponse:
    """Show one person and what may be asked for them."""
    return _person(request, account_id, RoleForm())


@staff.post
def propose_role(request: Request, account_id: UUID) -> HttpResponse:
    """Ask for another role, or for someone to come back."""
    form = RoleForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Request sent. A second person must agree.")):
            actions.propose_role(account_id=account_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:accounts:people")
    return _person(request, account_id, form)


@staff.post
def propose_access(request: Request, account_id: UUID) -> HttpResponse:
    """Ask for a new link for someone who cannot sign in any more."""
    with attempt(request, said=_("Request sent. The link goes out once a second person agrees.")):
        actions.propose_access(account_id=account_id, by=request.actor)
    return redirect("staff:accounts:people")


@staff.post
def send_again(request: Request, account_id: UUID) -> HttpResponse:
    """Send the link of a confirmed invitation once more."""
    with attempt(request, said=_("A new link was sent; the previous one no longer works.")):
        actions.send_again(account_id=account_id, by=request.actor)
    return redirect("staff:accounts:people")


@staff.post
def disable(request: Request, account_id: UUID) -> HttpResponse:
    """Close an account at once."""
    with attempt(request, said=_("The account is closed, and its sessions have ended.")):
        actions.disable(account_id=account_id, by=request.actor)
    return redirect("staff:accounts:people")


@staff.post
def confirm(request: Request, proposal_id: UUID) -> HttpResponse:
    """Agree as the second person."""
    with attempt(request, said=_("Confirmed.")):
        actions.confirm(proposal_id=proposal_id, by=request.actor)
    return redirect("staff:accounts:people")


@staff.post
def refuse(request: Request, proposal_id: UUID) -> HttpResponse:
    """Say no, or withdraw what one asked."""
    with attempt(request, said=_("Refused. Nothing has changed.")):
        actions.refuse(proposal_id=proposal_id, by=request.actor)
    return redirect("staff:accounts:people")


def _person(request: Request, account_id: UUID, form: RoleForm) -> HttpResponse:
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
        status=status_of(form),
    )
