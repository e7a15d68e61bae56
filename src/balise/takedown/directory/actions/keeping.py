"""Add an organisation, change what is written about it, confirm it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, today
from balise.foundation.journal.book import record
from balise.takedown.directory import access
from balise.takedown.directory.actions.packs import propose_contact
from balise.takedown.directory.events import (
    OrganisationAdded,
    OrganisationConfirmed,
    OrganisationRevised,
)
from balise.takedown.directory.models import Holding, Organisation
from balise.takedown.directory.queries import domain_key
from balise.takedown.directory.rules.contacts import (
    ContactKind,
    ContactKnown,
    ContactRefused,
    LegalBasis,
    OrganisationKind,
    OrganisationKnown,
    Terms,
    read_domain,
)
from balise.takedown.tracing.rules.live import LiveTrace, Role, Rung
from balise.takedown.tracing.rules.registers import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is written about an organisation, besides its name and what is its own.

    `max_locations` is how many addresses one notice to it may hold, `evidence` what it asks to see.
    """

    kind: OrganisationKind = OrganisationKind.HOST
    legal_name: str = ""
    country: str = ""
    language: str = "en"
    very_large: bool = False
    first_circle: bool = False
    max_locations: int | None = None
    evidence: str = ""
    source: str = ""
    checked_on: date | None = None


USUAL = About()


def add_organisation(
    *,
    name: str,
    domains: Sequence[str] = (),
    networks: Sequence[int] = (),
    about: About = USUAL,
    by: Actor,
) -> UUID:
    """Add an organisation and what is its own, and return its id.

    Refuses a name, a domain or a network that the directory has (OrganisationKnown), and what is
    no domain.
    """
    access.require(by, access.PROPOSE)
    keys = {domain_key(read_domain(domain)) for domain in domains}
    try:
        with transaction.atomic():
            added = Organisation.objects.create(
                id=uuid4(), name=name, added_at=now(), **_columns(about)
            )
            Holding.objects.bulk_create(
                [Holding(organisation=added, domain_key=key) for key in keys]
                + [Holding(organisation=added, asn=asn) for asn in set(networks)]
            )
            record(OrganisationAdded(subject=added.id, kind=about.kind), by=by)
    except IntegrityError:
        raise OrganisationKnown(
            _("The directory already has this organisation, or one of its addresses.")
        ) from None
    return added.id


def revise_organisation(*, organisation_id: UUID, about: About, by: Actor) -> None:
    """Change what is written about an organisation; from then on no pack changes it."""
    access.require(by, access.PROPOSE)
    columns = _columns(about)
    with transaction.atomic():
        found = Organisation.locked(organisation_id)
        if all(getattr(found, name) == value for name, value in columns.items()):
            return
        for name, value in columns.items():
            setattr(found, name, value)
        found.touched_at = now()
        found.save(update_fields=(*columns, "touched_at"))
        record(OrganisationRevised(subject=found.id), by=by)


def confirm_organisation(*, organisation_id: UUID, by: Actor) -> None:
    """Note that what is written about an organisation was confirmed today."""
    access.require(by, access.PROPOSE)
    with transaction.atomic():
        found = Organisation.locked(organisation_id)
        if found.checked_on == today():
            return
        found.checked_on, found.touched_at = today(), now()
        found.save(update_fields=("checked_on", "touched_at"))
        record(OrganisationConfirmed(subject=found.id), by=by)


def _columns(about: About) -> dict[str, object]:
    return asdict(about) | {"kind": about.kind.value}


# Propose what a live trace found in the registers: who it is, and where they can be told.


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
