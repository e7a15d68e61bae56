"""Who answers for a structure: sealed, one after the other."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from balise.awareness.network.structures import access, events
from balise.awareness.network.structures.models import CONTACT, LINE, Contact, Structure
from balise.awareness.network.structures.queries.register import Opened, opened
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record


@transaction.atomic
def add(
    *, structure_id: UUID, name: str, role: str, address: str, language: str, by: Actor
) -> UUID:
    """Add someone who answers for a structure; `address` is their mailbox. Returns the id."""
    access.require(by, access.WRITE)
    structure, key = Structure.open_locked(structure_id), new_key(LINE, uuid4())
    said = {"name": name.strip(), "role": role.strip(), "address": address.strip()}
    Contact.objects.create(
        id=key.record,
        structure=structure,
        language=language,
        sealed=key.seal(said, where=CONTACT, row=key.record),
        added_at=now(),
    )
    keep(key)
    record(events.ContactsChanged(subject=structure.id), by=by)
    return key.record


@transaction.atomic
def open_all(*, structure_id: UUID, by: Actor) -> Opened:
    """Return the code, the people and the corrections of a structure; who saw them is written."""
    access.require(by, access.WRITE)
    record(events.ContactsOpened(subject=structure_id), by=by)
    return opened(structure_id, seen_by=by)


@transaction.atomic
def remove(*, structure_id: UUID, contact_id: UUID, by: Actor) -> None:
    """Take someone out: what is known of them is destroyed at once."""
    access.require(by, access.WRITE)
    contact = find(Contact.objects.select_for_update(), id=contact_id, structure=structure_id)
    erase(contacts=[contact.id], by=by)
    record(events.ContactsChanged(subject=structure_id), by=by)


@transaction.atomic
def erase(*, contacts: Sequence[UUID], by: Actor) -> int:
    """Destroy contacts with their keys; return how many."""
    access.require(by, access.WRITE)
    forget(contacts)
    return Contact.objects.filter(id__in=contacts).delete()[0]
