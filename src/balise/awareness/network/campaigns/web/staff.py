"""Campaigns, for those who plan them and those who read what carried their codes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _

from balise.awareness.network.campaigns import access, actions, queries
from balise.awareness.network.campaigns.web.forms import (
    AddForm,
    ChangeForm,
    DeclaredForm,
    initial_of,
)
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.get
def campaigns(request: Request) -> HttpResponse:
    """List the campaigns."""
    shown = {
        "campaigns": queries.listed(seen_by=request.actor),
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "campaigns/list.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Add a campaign."""
    access.require(request.actor, access.WRITE)
    form = AddForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The campaign is added.")):
            code = form.cleaned_data["code"]
            made = actions.add(code=code, facts=form.facts, by=request.actor)
            return redirect("staff:campaigns:campaign", made)
    return render(request, "campaigns/edit.html", {"form": form}, status=status_of(form))


@staff.form
def campaign(request: Request, campaign_id: UUID) -> HttpResponse:
    """Show a campaign and what carried its code; declare a number of its plan."""
    form = DeclaredForm(posted(request), initial={"declared_on": today()})
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            actions.declare(campaign_id=campaign_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:campaigns:campaign", campaign_id)
    language = get_language() or ""
    shown = {
        "found": queries.shown(campaign_id, language=language, seen_by=request.actor),
        "form": form,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "campaigns/campaign.html", shown, status=status_of(form))


@staff.form
def change(request: Request, campaign_id: UUID) -> HttpResponse:
    """Change a campaign."""
    access.require(request.actor, access.WRITE)
    row = queries.campaign(campaign_id, seen_by=request.actor)
    form = ChangeForm(posted(request), initial=initial_of(row))
    if form.is_valid():
        with attempt(request, form, said=_("Saved.")):
            actions.change(campaign_id=campaign_id, facts=form.facts, by=request.actor)
            return redirect("staff:campaigns:campaign", campaign_id)
    shown = {"form": form, "row": row}
    return render(request, "campaigns/edit.html", shown, status=status_of(form))


@staff.post
def withdraw(request: Request, campaign_id: UUID, declared_id: UUID) -> HttpResponse:
    """Take a number out of a campaign's plan."""
    with attempt(request, said=_("The number is withdrawn.")):
        actions.withdraw(campaign_id=campaign_id, declared_id=declared_id, by=request.actor)
    return redirect("staff:campaigns:campaign", campaign_id)
