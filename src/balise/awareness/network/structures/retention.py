"""What is forgotten of structures, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.structures.actions import contacts
from balise.awareness.network.structures.models import Contact, Correction, Structure
from balise.awareness.network.structures.rules.delays import CONTACTS_KEPT, CORRECTIONS_KEPT
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, emptied, past


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return the contacts of structures that left a year ago."""
    left = day_of(at - CONTACTS_KEPT)
    return Contact.objects.filter(structure__closed_on__lte=left).values_list("id", flat=True)


def erase_contacts(keys: Sequence[UUID]) -> int:
    """Destroy contacts with their keys; return how many."""
    return contacts.erase(contacts=keys, by=SYSTEM)


def codes_due(at: datetime) -> Iterable[UUID]:
    """Return the structures that left a year ago and whose code is still kept."""
    found = Structure.objects.filter(closed_on__lte=day_of(at - CONTACTS_KEPT))
    return found.exclude(sealed_code=b"").values_list("id", flat=True)


RULES = (
    Rule(
        name="awareness.structure-contacts",
        forgets=Contact,
        says=_("Who answers for a structure is deleted 12 months after the structure left."),
        due=contacts_due,
        erase=erase_contacts,
    ),
    Rule(
        name="awareness.structure-codes",
        forgets=Structure,
        says=_("The secret code of a structure is deleted 12 months after the structure left."),
        due=codes_due,
        erase=emptied(Structure, "sealed_code"),
    ),
    Rule(
        name="awareness.structure-corrections",
        forgets=Correction,
        says=_("A correction that a structure sent is deleted after 90 days."),
        due=past(Correction, "sent_at", CORRECTIONS_KEPT),
        erase=deleted(Correction),
    ),
)
