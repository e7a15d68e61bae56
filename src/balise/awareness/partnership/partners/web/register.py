"""The register of partners for staff: organisations, mandates on a day, agreements."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from balise.awareness.partnership.partners import access
from balise.awareness.partnership.partners.actions import register as actions
from balise.awareness.partnership.partners.queries import register as queries
from balise.awareness.partnership.partners.queries.register import OrganisationRead
from balise.awareness.partnership.partners.rules.mandates import Standing
from balise.awareness.partnership.partners.web.forms import (
    AgreementForm,
    EndAgreementForm,
    EndMandateForm,
    MandateForm,
    MandatesForm,
    MembersForm,
    OrganisationForm,
    RegisterForm,
)
from balise.foundation.clock import today
from balise.foundation.web.attempts import Way, attempt, check_sender, posted, several, status_of
from balise.foundation.web.doors import Request, staff
from balise.foundation.web.fields import among

_SAVED = gettext_lazy("Saved.")


@staff.get
def register(request: Request) -> HttpResponse:
    """List the organisations as things stand on a day."""
    form = RegisterForm(request.GET)
    asked = _asked(form)
    on = asked.get("on") or today()
    found = queries.register(on=on, kind=asked.get("kind"), seen_by=request.actor)
    due = [
        (one, agreement)
        for one in found
        for agreement in one.agreements
        if agreement.standing is Standing.RENEWAL_DUE
    ]
    shown = {
        "form": form,
        "on": on,
        "organisations": found,
        "in_force": sum(one.is_in_force for one in found),
        "due": due,
        "may_write": request.actor.may(access.WRITE),
    }
    return render(request, "network/partners/register.html", shown)


@staff.get
def mandates(request: Request) -> HttpResponse:
    """Show who held which mandate on a day."""
    form = MandatesForm(request.GET)
    asked = _asked(form)
    on = asked.get("on") or today()
    found = queries.held_on(on, role=asked.get("role"), seen_by=request.actor)
    shown = {
        "form": form,
        "on": on,
        "mandates": [one for one in found if not one.country],
        "members": [one for one in found if one.country],
    }
    return render(request, "network/partners/mandates.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Add an organisation."""
    access.require(request.actor, access.WRITE)
    form = OrganisationForm(posted(request))
    if form.is_valid():
        with attempt(request, form, at={"country-unknown": "country"}):
            added = actions.add(about=form.about, by=request.actor)
            return redirect("staff:partners:organisation", added)
    return render(request, "network/partners/add.html", {"form": form}, status=status_of(form))


@staff.form
def change(request: Request, organisation_id: UUID) -> HttpResponse:
    """Change what is written about an organisation."""
    access.require(request.actor, access.WRITE)
    found = queries.organisation(organisation_id, on=today(), seen_by=request.actor)
    initial = {name: getattr(found, name) for name in OrganisationForm.base_fields}
    form = OrganisationForm(posted(request), initial=initial)
    if form.is_valid():
        with attempt(request, form, said=_("Saved."), at={"country-unknown": "country"}):
            actions.change(organisation_id=organisation_id, about=form.about, by=request.actor)
            return redirect("staff:partners:organisation", organisation_id)
    shown = {"form": form, "organisation": found}
    return render(request, "network/partners/change.html", shown, status=status_of(form))


@staff.form
def organisation(request: Request, organisation_id: UUID) -> HttpResponse:
    """Show an organisation; note its mandates and agreements, and their end."""
    check_sender(request, access.WRITE)
    found = queries.organisation(organisation_id, on=today(), seen_by=request.actor)
    ways = {
        "mandate": Way(
            MandateForm, partial(actions.note_mandate, organisation_id=organisation_id), _SAVED
        ),
        "members": Way(
            MembersForm, partial(actions.note_members, organisation_id=organisation_id), _SAVED
        ),
        "agreement": Way(
            AgreementForm, partial(actions.sign, organisation_id=organisation_id), _SAVED
        ),
        "end-mandate": Way(
            partial(among, EndMandateForm, {"mandate_id": _mandates(found)}),
            actions.end_mandate,
            _SAVED,
        ),
        "end-agreement": Way(
            partial(among, EndAgreementForm, {"agreement_id": _agreements(found)}),
            actions.end_agreement,
            _SAVED,
        ),
    }
    filled = several(request, ways)
    if filled is None:
        return redirect("staff:partners:organisation", organisation_id)
    shown = {
        "organisation": found,
        "forms": {name.replace("-", "_"): form for name, form in filled.items()},
        "may_write": request.actor.may(access.WRITE),
    }
    status = status_of(*filled.values())
    return render(request, "network/partners/organisation.html", shown, status=status)


def _asked(form: forms.Form) -> Mapping[str, Any]:
    """Return what was asked for; nothing is narrowed by what cannot be read."""
    return form.cleaned_data if form.is_valid() else {}


def _mandates(found: OrganisationRead) -> list[tuple[UUID, str]]:
    noted = sorted(
        (*found.mandates, *found.members), key=lambda one: (bool(one.country), one.holder)
    )
    return [(one.id, f"{one.role.label} – {one.holder} ({one.since})") for one in noted]


def _agreements(found: OrganisationRead) -> list[tuple[UUID, str]]:
    return [(one.id, f"{one.kind.label} ({one.signed})") for one in found.agreements]
