"""Is what is said of a structure still right? Its contact is asked each year, and answers."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from balise.awareness.places.structures import access, events
from balise.awareness.places.structures.models import (
    CORRECTION,
    LINE,
    Contact,
    Convention,
    Correction,
    Structure,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record


@transaction.atomic
def confirm(*, contact_id: UUID, by: Actor) -> None:
    """Say that what is known is still right, with the link of a mail. Raises NotHere.

    The public door writes a fact and no row; `settle` does what it says.
    """
    contact = find(Contact.objects.only("structure_id"), id=contact_id)
    record(events.StructureConfirmed(subject=contact.structure_id), by=by)


@transaction.atomic
def settle(*, structure_id: UUID, on: date, by: Actor) -> None:
    """Write down that a structure was confirmed on a day; an earlier one changes nothing."""
    access.require(by, access.WRITE)
    Structure.objects.filter(id=structure_id, confirmed_on__lt=on).update(confirmed_on=on)


@transaction.atomic
def correct(*, contact_id: UUID, text: str, by: Actor) -> UUID:
    """Say, sealed, what is not right any more; returns the correction's id. Raises NotHere."""
    contact = find(Contact.objects.only("structure_id"), id=contact_id)
    key = new_key(LINE, uuid4())
    Correction.objects.create(
        id=key.record,
        structure_id=contact.structure_id,
        sealed=key.seal({"text": text.strip()}, where=CORRECTION, row=key.record),
        sent_at=now(),
    )
    keep(key)
    record(events.CorrectionSent(subject=contact.structure_id), by=by)
    return key.record


@transaction.atomic
def settle_correction(*, structure_id: UUID, correction_id: UUID, taken: bool, by: Actor) -> None:
    """Say that a correction was taken over, or set aside: its text is destroyed."""
    access.require(by, access.WRITE)
    rows = Correction.objects.select_for_update().filter(settled_at=None, structure=structure_id)
    correction = find(rows, id=correction_id)
    forget([correction.id])
    correction.settled_at, correction.sealed = now(), b""
    correction.save(update_fields=["settled_at", "sealed"])
    record(events.CorrectionSettled(subject=structure_id, taken=taken), by=by)


@transaction.atomic
def note_asked(*, structure_id: UUID, by: Actor) -> None:
    """Note that a mail asked whether what is said of a structure is still right."""
    access.require(by, access.WRITE)
    Structure.objects.filter(id=structure_id).update(asked_at=now())


@transaction.atomic
def note_told(*, convention_id: int, by: Actor) -> None:
    """Note that a mail told that a convention ends soon."""
    access.require(by, access.WRITE)
    Convention.objects.filter(id=convention_id).update(told_at=now())
