"""Keep the directory: add a host, propose a contact, approve it, block it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.foundation.packs import load
from balise.takedown.directory import access
from balise.takedown.directory.events import (
    ContactApproved,
    ContactBlocked,
    ContactProposed,
    HostAdded,
)
from balise.takedown.directory.models import Contact, Holding, Host
from balise.takedown.directory.queries import domain_key
from balise.takedown.directory.rules import (
    ContactKind,
    ContactKnown,
    HostKnown,
    check_other_hands,
    read_contact,
    read_domain,
)


def add_host(
    *,
    name: str,
    domains: Sequence[str] = (),
    networks: Sequence[int] = (),
    country: str = "",
    language: str = "en",
    by: Actor,
) -> UUID:
    """Add a host and what is its own, and return its id.

    Refuses a name, a domain or a network that the directory has (HostKnown), and what is no domain.
    """
    access.require(by, access.PROPOSE)
    keys = {domain_key(read_domain(domain)) for domain in domains}
    try:
        with transaction.atomic():
            host = Host.objects.create(
                id=uuid4(), name=name, country=country, language=language, added_at=now()
            )
            Holding.objects.bulk_create(
                [Holding(host=host, domain_key=key) for key in keys]
                + [Holding(host=host, asn=asn) for asn in set(networks)]
            )
            record(HostAdded(subject=host.id), by=by)
    except IntegrityError:
        raise HostKnown(_("The directory has this host, or one of its addresses.")) from None
    return host.id


def propose_contact(
    *,
    host_id: UUID,
    kind: ContactKind,
    address: str,
    source: str,
    checked_on: date,
    by: Actor,
) -> UUID:
    """Say where a host can be told, and how this is known; return the contact's id.

    Nothing is sent there until someone else approves it.
    """
    access.require(by, access.PROPOSE)
    read = read_contact(kind, address)
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                host=Host.objects.get(id=host_id),
                kind=kind.value,
                address=read,
                source=source,
                checked_on=checked_on,
                proposed_by=by.key,
            )
            record(ContactProposed(subject=contact.id, host=host_id, kind=kind), by=by)
    except IntegrityError:
        raise ContactKnown(_("The host has this contact already.")) from None
    return contact.id


def approve_contact(*, contact_id: UUID, by: Actor) -> None:
    """Agree, as a second person, that notices may go to a contact; again changes nothing."""
    access.require(by, access.APPROVE)
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(id=contact_id)
        if contact.is_open:
            return
        check_other_hands(proposed_by=contact.proposed_by, approved_by=by.key)
        contact.approved_by, contact.approved_at, contact.blocked_at = by.key, now(), None
        contact.save(update_fields=("approved_by", "approved_at", "blocked_at"))
        fact = ContactApproved(subject=contact.id, host=contact.host_id, kind=contact.contact_kind)
        record(fact, by=by)


def block_contact(*, contact_id: UUID, by: Actor) -> None:
    """Send nothing there any more; approving it again takes it back."""
    access.require(by, access.APPROVE)
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(id=contact_id)
        if contact.blocked_at is not None:
            return
        contact.blocked_at = now()
        contact.save(update_fields=("blocked_at",))
        record(ContactBlocked(subject=contact.id, host=contact.host_id), by=by)


def load_demonstration(*, country: str, by: Actor = SYSTEM) -> int:
    """Fill the directory with the pack's invented hosts; return how many were new."""
    pack = load("balise.takedown.directory", country=country, name="demonstration")
    added = 0
    for entry in pack["hosts"]:
        if Host.objects.filter(name=entry["name"]).exists():
            continue
        host_id = add_host(
            name=entry["name"],
            domains=entry.get("domains", ()),
            networks=entry.get("networks", ()),
            country=entry.get("country", ""),
            language=entry.get("language", "en"),
            by=by,
        )
        for contact in entry["contacts"]:
            contact_id = propose_contact(
                host_id=host_id,
                kind=ContactKind(contact["kind"]),
                address=contact["address"],
                source=contact["source"],
                checked_on=today(),
                by=by,
            )
            approve_contact(contact_id=contact_id, by=by)
        added += 1
    return added
