"""Propose what a live trace found in the registers: who it is, and where they can be told."""

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.takedown.directory import access
from balise.takedown.directory.actions.contacting import propose_contact
from balise.takedown.directory.actions.keeping import About, add_organisation
from balise.takedown.directory.models import Organisation
from balise.takedown.directory.rules.contacts import (
    ContactKind,
    ContactKnown,
    ContactRefused,
    LegalBasis,
    OrganisationKind,
    OrganisationKnown,
    Terms,
)
from balise.takedown.tracing.rules.live import LiveTrace, Role, Rung
from balise.takedown.tracing.rules.registers import Contact

_KINDS = {
    Role.CDN: OrganisationKind.NETWORK,
    Role.HOST: OrganisationKind.HOST,
    Role.UPSTREAM: OrganisationKind.HOST,
    Role.REGISTRAR: OrganisationKind.REGISTRAR,
    Role.REGISTRY: OrganisationKind.REGISTRY,
}
_TERMS = Terms(basis=LegalBasis.ABUSE)
# What we know ourselves of delivery networks is in the packs, not found.
_FOUND_IN = ("RDAP ", "WHOIS ")


def propose_found(*, trace: LiveTrace, by: Actor) -> int:
    """Propose the abuse contacts of a trace that the directory lacks; return how many these are.

    An organisation that is not there yet is added with its network. Nothing is sent before a person
    has approved. The site itself is named nowhere: only its host, registrar and registry are.
    """
    access.require(by, access.PROPOSE)
    proposed = 0
    for rung in trace.ladder:
        contacts = [one for one in rung.contacts if one.source.startswith(_FOUND_IN)]
        if not rung.name or not contacts:
            continue
        organisation = _organisation(rung, trace, by=by)
        if organisation is not None:
            proposed += sum(_propose(organisation, one, rung, trace, by=by) for one in contacts)
    return proposed


def _organisation(rung: Rung, trace: LiveTrace, *, by: Actor) -> Organisation | None:
    """Return a step's organisation: by its network's number, else by its name; else a new one."""
    number = rung.handle.removeprefix("AS")
    asn = int(number) if number.isdecimal() and number != rung.handle else None
    if asn is not None:
        known = Organisation.objects.filter(holdings__asn=asn).first()
        if known is not None:
            return known
    known = Organisation.objects.filter(name__iexact=rung.name).first()
    if known is not None:
        return known
    about = About(
        kind=_KINDS[rung.role],
        country=rung.country,
        source=rung.source,
        checked_on=day_of(trace.at),
    )
    try:
        networks = [asn] if asn is not None else []
        added = add_organisation(name=rung.name, networks=networks, about=about, by=by)
    except OrganisationKnown:  # another worker was quicker
        return None
    return Organisation.objects.get(id=added)


def _propose(of: Organisation, contact: Contact, rung: Rung, trace: LiveTrace, *, by: Actor) -> int:
    number = f", {rung.handle}" if rung.handle.startswith("AS") else ""
    try:
        propose_contact(
            organisation_id=of.id,
            kind=ContactKind(contact.kind),
            address=contact.address,
            source=f"{contact.source}{number}",
            checked_on=day_of(trace.at),
            terms=_TERMS,
            by=by,
        )
    except (ContactKnown, ContactRefused):
        return 0
    return 1
