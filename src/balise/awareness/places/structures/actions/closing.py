"""A structure leaves the network, or turns out to be another one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.places.structures import access, events
from balise.awareness.places.structures.models import CONTACT, LINE, Contact, Convention, Structure
from balise.awareness.places.structures.queries.register import Opened, codes_of, opened
from balise.awareness.places.structures.rules.places import DatesFaulty, NotTheSame
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record


@transaction.atomic
def close(*, structure_id: UUID, by: Actor) -> None:
    """Let a structure leave: its page is gone, its code opens nothing, what it did stays."""
    access.require(by, access.WRITE)
    _close(Structure.open_locked(structure_id), by=by)


@transaction.atomic
def merge(*, structure_id: UUID, into: UUID, by: Actor) -> None:
    """Say that two entries are one structure: the first goes on in the second.

    Contacts and conventions move; its code and its id lead to the second; what the second lacks is
    taken from the first.
    """
    access.require(by, access.WRITE)
    if structure_id == into:
        raise NotTheSame(_("Choose two structures."))
    # Always in one order, so that two merges at once never wait for each other.
    rows = {key: Structure.open_locked(key) for key in sorted((structure_id, into))}
    gone, stays = rows[structure_id], rows[into]
    taken = _taken(gone, stays)
    for name, value in taken.items():
        setattr(stays, name, value)
    stays.save(update_fields=list(taken))
    Contact.objects.filter(structure=gone).update(structure=stays)
    Convention.objects.filter(structure=gone).update(structure=stays)
    gone.merged_into = stays
    _close(gone, by=by)
    record(events.StructuresMerged(subject=gone.id, into=stays.id), by=by)


def _close(structure: Structure, *, by: Actor) -> None:
    structure.closed_on = today()
    structure.save(update_fields=["closed_on", "merged_into"])
    record(events.StructureClosed(subject=structure.id, **codes_of(structure)), by=by)


def _taken(gone: Structure, stays: Structure) -> dict[str, object]:
    """Return what the one that stays has not, and the other has; the later attestation counts."""
    words = ("number", "outside_id", "address", "telephone", "mail", "web", "summary")
    lists = ("audiences", "ages", "topics", "languages")
    found: dict[str, object] = {
        name: getattr(gone, name) for name in (*words, *lists) if not getattr(stays, name)
    }
    dates = [each for each in (gone.attested_on, stays.attested_on) if each is not None]
    return {**found, "attested_on": max(dates, default=None)}


# Conventions: signed, and signed again.


@transaction.atomic
def sign(*, structure_id: UUID, signed_on: date, until: date, by: Actor) -> None:
    """Write down a convention, the first or a renewal; those before stay."""
    access.require(by, access.WRITE)
    structure = Structure.open_locked(structure_id)
    if until <= signed_on:
        raise DatesFaulty(_("A convention ends after the day on which it is signed."))
    Convention.objects.create(structure=structure, signed_on=signed_on, until=until)
    record(events.ConventionSigned(subject=structure.id, signed_on=signed_on, until=until), by=by)


# Who answers for a structure: sealed, one after the other.


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
