"""Propose where an organisation can be told; approve, confirm, change, block it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.takedown.directory import access
from balise.takedown.directory.events import (
    ContactApproved,
    ContactBlocked,
    ContactConfirmed,
    ContactProposed,
    ContactRevised,
)
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.rules.contacts import (
    USUAL_TERMS,
    ContactKind,
    ContactKnown,
    Terms,
    check_other_hands,
    read_contact,
)


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
