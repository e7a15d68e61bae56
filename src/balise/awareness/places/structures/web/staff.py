"""The register for those who look after it: find, read, register, change."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.awareness.places.structures import access
from balise.awareness.places.structures.actions import closing, freshness, registering
from balise.awareness.places.structures.queries import choices, due as dues, register
from balise.awareness.places.structures.queries.register import facts_of
from balise.awareness.places.structures.web.forms import (
    AttestationForm,
    ContactForm,
    ConventionForm,
    FilterForm,
    StructureForm,
)
from balise.foundation.finding import NotHere
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

LIST, ONE, FORM = (
    "structures/staff/list.html",
    "structures/staff/structure.html",
    "structures/staff/form.html",
)


@staff.get
def listed(request: Request) -> HttpResponse:
    """Show the register, or what fits."""
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = register.listed(
        seen_by=request.actor,
        typed=asked.get("q") or "",
        kind=asked.get("kind") or "",
        area=asked.get("area") or "",
        closed=bool(asked.get("closed")),
        page=asked.get("page") or 1,
    )
    kept = {name: value for name, value in asked.items() if value and name != "page"}
    shown = {
        "form": form,
        "found": found,
        "before": f"?{urlencode({**kept, 'page': found.page - 1})}" if found.page > 1 else "",
        "after": f"?{urlencode({**kept, 'page': found.page + 1})}"
        if found.page < found.pages
        else "",
    }
    return render(request, LIST, shown)


@staff.get
def one(request: Request, structure_id: UUID) -> HttpResponse:
    """Show one structure, without what is sealed."""
    return _one(request, structure_id)


@staff.form
def add(request: Request) -> HttpResponse:
    """Register a structure."""
    access.require(request.actor, access.WRITE)
    form = StructureForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The organisation is registered.")):
            made = registering.register(facts=form.facts, by=request.actor)
            return redirect("staff:structures:one", made)
    shown = {"form": form, "title": _("Register an organisation")}
    return render(request, FORM, shown, status=status_of(form))


@staff.form
def change(request: Request, structure_id: UUID) -> HttpResponse:
    """Change what is said of a structure."""
    access.require(request.actor, access.WRITE)
    told = register.told(structure_id, seen_by=request.actor)
    sent = posted(request)
    form = StructureForm.of(facts_of(told.row)) if sent is None else StructureForm(sent)
    if form.is_valid():
        with attempt(request, form, said=_("The changes are saved.")):
            registering.change(structure_id=structure_id, facts=form.facts, by=request.actor)
            return redirect("staff:structures:one", structure_id)
    shown = {"form": form, "title": told.row.name, "row": told.row}
    return render(request, FORM, shown, status=status_of(form))


@staff.post
def sign(request: Request, structure_id: UUID) -> HttpResponse:
    """Write down a convention."""
    form = ConventionForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The convention is saved.")):
            closing.sign(structure_id=structure_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:structures:one", structure_id)
    return _one(request, structure_id, convention_form=form)


@staff.post
def attest(request: Request, structure_id: UUID) -> HttpResponse:
    """Write down an attestation that was seen, or take it away."""
    form = AttestationForm(posted(request))
    if form.is_valid():
        with attempt(request, form, at="attested_on", said=_("The attestation is saved.")):
            registering.attest(structure_id=structure_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:structures:one", structure_id)
    return _one(request, structure_id, attestation_form=form)


@staff.get
def sealed(request: Request, structure_id: UUID) -> HttpResponse:
    """Open the code, the people and the corrections of a structure; the journal has it."""
    return _sealed(request, structure_id, ContactForm())


@staff.post
def add_contact(request: Request, structure_id: UUID) -> HttpResponse:
    """Add someone who answers for a structure."""
    form = ContactForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The person is added.")):
            closing.add(structure_id=structure_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:structures:sealed", structure_id)
    return _sealed(request, structure_id, form)


@staff.post
def remove_contact(request: Request, structure_id: UUID, contact_id: UUID) -> HttpResponse:
    """Take someone out."""
    with attempt(request, said=_("The person is deleted.")):
        closing.remove(structure_id=structure_id, contact_id=contact_id, by=request.actor)
    return redirect("staff:structures:sealed", structure_id)


@staff.post
def settle(request: Request, structure_id: UUID, correction_id: UUID) -> HttpResponse:
    """Say what became of a correction."""
    with attempt(request, said=_("The correction is settled.")):
        freshness.settle_correction(
            structure_id=structure_id,
            correction_id=correction_id,
            taken=request.POST.get("say") == "taken",
            by=request.actor,
        )
    return redirect("staff:structures:sealed", structure_id)


@staff.post
def renew_code(request: Request, structure_id: UUID) -> HttpResponse:
    """Give a structure another code."""
    with attempt(request, said=_("The old code no longer works.")):
        registering.renew_code(structure_id=structure_id, by=request.actor)
    return redirect("staff:structures:sealed", structure_id)


@staff.get
def code(request: Request, structure_id: UUID) -> HttpResponse:
    """Draw a structure's code as a QR code, to be printed."""
    opened = closing.open_all(structure_id=structure_id, by=request.actor)
    if not opened.code:
        raise NotHere
    drawn = BytesIO()
    segno.make(opened.code, error="m").save(drawn, kind="svg", scale=5, border=4)
    answer = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    answer["Content-Disposition"] = 'attachment; filename="code.svg"'
    return answer


@staff.post
def close(request: Request, structure_id: UUID) -> HttpResponse:
    """Let a structure leave the network."""
    with attempt(request, said=_("The organisation has left the network.")):
        closing.close(structure_id=structure_id, by=request.actor)
    return redirect("staff:structures:one", structure_id)


@staff.post
def merge(request: Request, structure_id: UUID) -> HttpResponse:
    """Say that two entries are one structure."""
    known = {str(key): key for key, _name in choices()}
    into = known.get(request.POST.get("into", ""))
    if into is None:
        raise NotHere
    with attempt(request, said=_("The two entries are one now.")):
        closing.merge(structure_id=structure_id, into=into, by=request.actor)
        return redirect("staff:structures:one", into)
    return redirect("staff:structures:one", structure_id)


@staff.get
def due(request: Request) -> HttpResponse:
    """Show what is due: renewals, freshness, attestations, corrections, duplicates."""
    return render(request, "structures/staff/due.html", {"due": dues.due(seen_by=request.actor)})


@staff.get
def coverage(request: Request) -> HttpResponse:
    """Show where structures are, and are not."""
    found = register.coverage(seen_by=request.actor)
    return render(request, "structures/staff/coverage.html", {"found": found})


def _one(request: Request, structure_id: UUID, **filled: Any) -> HttpResponse:
    told = register.told(structure_id, seen_by=request.actor)
    shown = {
        "told": told,
        "row": told.row,
        "convention_form": ConventionForm(),
        "attestation_form": AttestationForm(),
        **filled,
    }
    return render(request, ONE, shown, status=status_of(*filled.values()))


def _sealed(request: Request, structure_id: UUID, form: ContactForm) -> HttpResponse:
    opened = closing.open_all(structure_id=structure_id, by=request.actor)
    told = register.told(structure_id, seen_by=request.actor)
    shown = {"row": told.row, "opened": opened, "form": form}
    return render(request, "structures/staff/sealed.html", shown, status=status_of(form))
