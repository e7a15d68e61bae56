"""Partner organisations and their tokens."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import access, queries
from balise.foundation.accounts.actions import partners as actions
from balise.foundation.accounts.web.forms import PartnerChangeForm, PartnerForm, TokenForm
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.form
def partners(request: Request) -> HttpResponse:
    """List the partners; add one."""
    found = queries.partners(seen_by=request.actor)
    form = PartnerForm(posted(request))
    if form.is_valid():
        added = actions.add_partner(name=form.cleaned_data["name"], by=request.actor)
        return redirect("staff:accounts:partner", added.id)
    return render(
        request,
        "accounts/partners.html",
        {"partners": found, "form": form, "may_manage": request.actor.may(access.MANAGE_PARTNERS)},
        status=status_of(form),
    )


@staff.form
def partner(request: Request, partner_id: UUID) -> HttpResponse:
    """Show one partner; change where it is told of news."""
    if request.method == "POST":
        access.require(request.actor, access.MANAGE_PARTNERS)
        form = PartnerChangeForm(request.POST)
        if form.is_valid():
            actions.change_partner(partner_id=partner_id, **form.cleaned_data, by=request.actor)
            messages.success(request, _("Saved."))
            return redirect("staff:accounts:partner", partner_id)
        return _partner(request, partner_id, form=form)
    return _partner(request, partner_id)


@staff.post
def create_token(request: Request, partner_id: UUID) -> HttpResponse:
    """Make a token, and show it the only time."""
    form = TokenForm(request.POST)
    if form.is_valid():
        with attempt(request, form):
            token, text = actions.create_token(
                partner_id=partner_id,
                scopes=form.cleaned_data["scopes"],
                lasts=timedelta(days=form.cleaned_data["days"]),
                by=request.actor,
            )
            return render(request, "accounts/token.html", {"token": token, "text": text})
    return _partner(request, partner_id, token_form=form)


@staff.post
def confirm_token(request: Request, token_id: UUID) -> HttpResponse:
    """Agree, as a second person, that a token may be used."""
    with attempt(request, said=_("Confirmed: the token works now.")):
        token = actions.confirm_token(token_id=token_id, by=request.actor)
        return redirect("staff:accounts:partner", token.partner_id)
    return redirect("staff:accounts:partners")


@staff.post
def revoke_token(request: Request, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    with attempt(request, said=_("Revoked: the token no longer works.")):
        token = actions.revoke_token(token_id=token_id, by=request.actor)
        return redirect("staff:accounts:partner", token.partner_id)
    return redirect("staff:accounts:partners")


def _partner(request: Request, partner_id: UUID, **filled: Form) -> HttpResponse:
    found = there(queries.partner(partner_id, seen_by=request.actor))
    return render(
        request,
        "accounts/partner.html",
        {
            "partner": found,
            "form": PartnerChangeForm(
                initial={"webhook_address": found.webhook_address, "is_active": found.is_active}
            ),
            "token_form": TokenForm(),
            "may_manage": request.actor.may(access.MANAGE_PARTNERS),
            **filled,
        },
        status=status_of(*filled.values()),
    )
