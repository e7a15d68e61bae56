"""Load the packs into the directory, without changing what a person has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Event
from balise.takedown.directory import access
from balise.takedown.directory.events import (
    ContactApproved,
    ContactBlocked,
    ContactConfirmed,
    ContactProposed,
    ContactRevised,
    OrganisationAdded,
    OrganisationRevised,
)
from balise.takedown.directory.models import Contact, Holding, Organisation
from balise.takedown.directory.queries import domain_key
from balise.takedown.directory.rules.contacts import (
    USUAL_TERMS,
    ContactKind,
    ContactKnown,
    Terms,
    check_other_hands,
    read_contact,
)
from balise.takedown.directory.rules.entries import EVERYWHERE, Channel, Listed, listed, read_pack

# Propose where an organisation can be told; approve, confirm, change, block it.


def propose_contact(
    *,
    organisation_id: UUID,
    kind: ContactKind,
    address: str,
    source: str,
    checked_on: date | None,
    terms: Terms = USUAL_TERMS,
    by: Actor,
) -> UUID:
    """Propose a contact point of an organisation, with its source; return the contact's id.

    Nothing is sent there until someone else approves it.
    """
    access.require(by, access.PROPOSE)
    contact = Contact(
        organisation=Organisation.objects.get(id=organisation_id),
        kind=kind.value,
        address=read_contact(kind, address),
        source=source,
        checked_on=checked_on,
        proposed_by=by.key,
    )
    contact.take_terms(terms)
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
            fact = ContactProposed(subject=contact.id, organisation=organisation_id, kind=kind)
            record(fact, by=by)
    except IntegrityError:
        raise ContactKnown(_("The organisation already has this contact point.")) from None
    return contact.id


def approve_contact(*, contact_id: UUID, by: Actor) -> None:
    """Approve, as a second person who looked today, a contact point; again does nothing."""
    access.require(by, access.APPROVE)
    with transaction.atomic():
        contact = Contact.locked(contact_id)
        if contact.is_open:
            return
        check_other_hands(proposed_by=contact.proposed_by, approved_by=by.key)
        contact.approved_by, contact.approved_at, contact.blocked_at = by.key, now(), None
        contact.checked_on, contact.touched_at = today(), now()
        contact.save(
            update_fields=("approved_by", "approved_at", "blocked_at", "checked_on", "touched_at")
        )
        fact = ContactApproved(
            subject=contact.id, organisation=contact.organisation_id, kind=contact.contact_kind
        )
        record(fact, by=by)


def confirm_contact(*, contact_id: UUID, by: Actor) -> None:
    """Note that a contact point was confirmed today."""
    access.require(by, access.PROPOSE)
    with transaction.atomic():
        contact = Contact.locked(contact_id)
        if contact.checked_on == today():
            return
        contact.checked_on, contact.touched_at = today(), now()
        contact.save(update_fields=("checked_on", "touched_at"))
        record(ContactConfirmed(subject=contact.id, organisation=contact.organisation_id), by=by)


def revise_contact(*, contact_id: UUID, terms: Terms, by: Actor) -> None:
    """Change the terms on which an organisation is told there; its address never changes.

    Another address is another contact, that two people look at.
    """
    access.require(by, access.PROPOSE)
    with transaction.atomic():
        contact = Contact.locked(contact_id)
        if contact.terms == terms:
            return
        columns = contact.take_terms(terms)
        contact.touched_at = now()
        contact.save(update_fields=(*columns, "touched_at"))
        record(ContactRevised(subject=contact.id, organisation=contact.organisation_id), by=by)


def block_contact(*, contact_id: UUID, by: Actor) -> None:
    """Stop sending anything there; approving it again reverses this."""
    access.require(by, access.APPROVE)
    with transaction.atomic():
        contact = Contact.locked(contact_id)
        if contact.blocked_at is not None:
            return
        contact.blocked_at = contact.touched_at = now()
        contact.save(update_fields=("blocked_at", "touched_at"))
        record(ContactBlocked(subject=contact.id, organisation=contact.organisation_id), by=by)


@dataclass(frozen=True, slots=True)
class Reading:
    """How many organisations and contacts a reading of the packs added, and how many it changed."""

    added: int
    changed: int


def read_packs(*, country: str, by: Actor = SYSTEM) -> Reading:
    """Load the packs' organisations and contacts, and return what that changed.

    Called again it changes nothing. What a person has changed stays as it is, a name or an address
    that a person entered stays theirs, and what a pack no longer names stays. No contact of a pack
    is approved: a person of the centre looks at it first.
    """
    access.require(by, access.PROPOSE)
    return _read(listed(country), by)


def load_demonstration(*, country: str, by: Actor = SYSTEM) -> int:
    """Load the packs' invented organisations, approved; return how many contacts were new."""
    access.require(by, access.APPROVE)
    invented = (*read_pack(country, "demonstration"), *read_pack(EVERYWHERE, "demonstration"))
    _read(invented, by)
    keys = [channel.key for one in invented for channel in one.channels]
    waiting = Contact.objects.filter(pack_key__in=keys, approved_at__isnull=True)
    for contact in waiting:
        approve_contact(contact_id=contact.id, by=by)
    return len(waiting)


def _read(entries: tuple[Listed, ...], by: Actor) -> Reading:
    facts: list[Event] = []
    with transaction.atomic():
        known = {
            one.pack_key: one
            for one in Organisation.objects.select_for_update().filter(pack_key__isnull=False)
        }
        taken = set(Organisation.objects.values_list("name", flat=True))
        contacts = {
            one.pack_key: one
            for one in Contact.objects.select_for_update().filter(pack_key__isnull=False)
        }
        for entry in entries:
            organisation = known.get(entry.key)
            if organisation is None and entry.name in taken:
                continue
            organisation, fact = _organisation(entry, organisation)
            facts += fact
            for channel in entry.channels:
                facts += _contact(channel, organisation, contacts.get(channel.key))
        record_many(facts, by=by)
    added = sum(isinstance(fact, OrganisationAdded | ContactProposed) for fact in facts)
    return Reading(added, len(facts) - added)


def _organisation(entry: Listed, found: Organisation | None) -> tuple[Organisation, list[Event]]:
    columns: dict[str, object] = {
        "kind": entry.kind.value,
        "name": entry.name,
        "legal_name": entry.legal_name,
        "country": entry.country,
        "language": entry.language,
        "very_large": entry.very_large,
        "first_circle": entry.first_circle,
        "max_locations": entry.max_locations,
        "evidence": entry.evidence.in_language(settings.LANGUAGE_CODE) if entry.evidence else "",
        "source": entry.source,
        "checked_on": entry.checked_on,
    }
    if found is None:
        found = Organisation.objects.create(
            id=uuid4(), added_at=now(), pack_key=entry.key, **columns
        )
        _hold(entry, found)
        return found, [OrganisationAdded(subject=found.id, kind=entry.kind)]
    if found.touched_at is not None or not _changed(found, columns):
        return found, []
    found.save(update_fields=tuple(columns))
    _hold(entry, found)
    return found, [OrganisationRevised(subject=found.id)]


def _contact(channel: Channel, of: Organisation, found: Contact | None) -> Iterator[Event]:
    if found is not None and found.touched_at is not None:
        return
    read = found or Contact(organisation=of, pack_key=channel.key)
    before = (read.kind, read.address, read.terms, read.source, read.checked_on)
    read.kind, read.address = channel.kind.value, channel.address
    read.source, read.checked_on = channel.source, channel.checked_on
    read.take_terms(channel.terms)
    if found is None:
        same = Contact.objects.filter(organisation=of, kind=read.kind, address=read.address)
        if not same.exists():
            read.save(force_insert=True)
            yield ContactProposed(subject=read.id, organisation=of.id, kind=channel.kind)
    elif before != (read.kind, read.address, read.terms, read.source, read.checked_on):
        read.save()
        yield ContactRevised(subject=read.id, organisation=of.id)


def _changed(found: Organisation, columns: dict[str, object]) -> bool:
    """Copy what the pack says, unsaved; return whether that changed anything."""
    before = {name: getattr(found, name) for name in columns}
    for name, value in columns.items():
        setattr(found, name, value)
    return before != columns


def _hold(entry: Listed, of: Organisation) -> None:
    """Note what is an organisation's own, but for what is another's already."""
    keys = [domain_key(domain) for domain in entry.domains]
    Holding.objects.bulk_create(
        [Holding(organisation=of, domain_key=key) for key in keys]
        + [Holding(organisation=of, asn=asn) for asn in entry.networks],
        ignore_conflicts=True,
    )
