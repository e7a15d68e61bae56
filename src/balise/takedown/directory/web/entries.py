"""The directory, for the people who send notices: look, add, change, ask whom to tell."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.clock import today
from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.directory import access, actions, ports, queries
from balise.takedown.directory.rules.choosing import Wanted, freshness
from balise.takedown.directory.web.forms import (
    AboutForm,
    ContactForm,
    OrganisationForm,
    SearchForm,
    WhomForm,
)
from balise.takedown.law.rules import offence_on
from balise.takedown.tracing.queries import trace_ip


@staff.get
def entries(request: Request) -> HttpResponse:
    """List the organisations, narrowed by what is asked for."""
    form = SearchForm(request.GET)
    found = queries.entries(seen_by=request.actor, filters=form.filters)
    return render(
        request,
        "takedown/directory/entries.html",
        {
            "entries": found,
            "form": form,
            "stale_count": len(queries.to_confirm(seen_by=request.actor)),
            "may_propose": request.actor.may(access.PROPOSE),
        },
    )


@staff.form
def add(request: Request) -> HttpResponse:
    """Add an organisation."""
    access.require(request.actor, access.PROPOSE)
    form = OrganisationForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            organisation_id = actions.add_organisation(
                name=form.cleaned_data["name"],
                domains=form.cleaned_data["domains"],
                networks=form.cleaned_data["networks"],
                about=form.about,
                by=request.actor,
            )
            return redirect("staff:directory:entry", organisation_id)
    return render(request, "takedown/directory/add.html", {"form": form}, status=status_of(form))


@staff.form
def entry(request: Request, organisation_id: UUID) -> HttpResponse:
    """Show one organisation and its contacts; propose one."""
    found = there(queries.entry(organisation_id, seen_by=request.actor))
    form = ContactForm(posted(request))
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "address", "source")}
        said = _("Proposed: someone else must approve it.")
        with attempt(request, form, said=said, at="address"):
            actions.propose_contact(
                organisation_id=organisation_id,
                checked_on=form.cleaned_data["checked_on"],
                terms=form.terms,
                by=request.actor,
                **given,
            )
            return redirect("staff:directory:entry", organisation_id)
    on = today()
    return render(
        request,
        "takedown/directory/entry.html",
        {
            "entry": found,
            "known": freshness(found.checked_on, on=on),
            "contacts": [
                queries.Kept(one, freshness(one.checked_on, on=on)) for one in found.contacts.all()
            ],
            "networks": queries.networks(found),
            "domains": queries.known_domains(found),
            "domain_count": queries.domain_count(found),
            "removal_times": ports.removal_times.ask(found.id, seen_by=request.actor),
            "form": form,
            "may_propose": request.actor.may(access.PROPOSE),
            "may_approve": request.actor.may(access.APPROVE),
        },
        status=status_of(form),
    )


@staff.form
def change(request: Request, organisation_id: UUID) -> HttpResponse:
    """Change what is written about an organisation."""
    access.require(request.actor, access.PROPOSE)
    found = there(queries.entry(organisation_id, seen_by=request.actor))
    initial = {name: getattr(found, name) for name in AboutForm.base_fields}
    form = AboutForm(posted(request), initial=initial)
    if form.is_valid():
        actions.revise_organisation(
            organisation_id=organisation_id, about=form.about, by=request.actor
        )
        messages.success(request, _("Saved."))
        return redirect("staff:directory:entry", organisation_id)
    context = {"form": form, "entry": found}
    return render(request, "takedown/directory/change.html", context, status=status_of(form))


@staff.post
def confirm(request: Request, organisation_id: UUID) -> HttpResponse:
    """Say that what is written about an organisation holds today."""
    actions.confirm_organisation(organisation_id=organisation_id, by=request.actor)
    messages.success(request, _("Confirmed today."))
    return redirect("staff:directory:entry", organisation_id)


@staff.get
def to_confirm(request: Request) -> HttpResponse:
    """List the contacts in use that nobody has confirmed for long."""
    found = queries.to_confirm(seen_by=request.actor)
    context = {"contacts": found, "may_propose": request.actor.may(access.PROPOSE)}
    return render(request, "takedown/directory/to_confirm.html", context)


@staff.form
def whom(request: Request) -> HttpResponse:
    """Say whom to tell about an address, by which way and why; the address stays off the log."""
    access.require(request.actor, access.READ)
    form = WhomForm(posted(request))
    context: dict[str, object] = {"form": form, "asked": form.is_valid()}
    if form.is_valid():
        address, given = form.cleaned_data["address"], form.cleaned_data
        offence = (
            offence_on(given["offence"], on=today(), country=settings.COUNTRY)
            if given["offence"]
            else None
        )
        wanted = Wanted(
            line=given["line"],
            country=given["country"],
            category=offence.dsa_category if offence else "",
            keyword=offence.dsa_keyword if offence else "",
        )
        asn = trace_ip(address.host).asn if address.is_ip else None
        context["choice"] = queries.channel_for(
            domain=address.registrable_domain, asn=asn, wanted=wanted
        )
        context["host"] = address.host
    return render(request, "takedown/directory/whom.html", context, status=status_of(form))
