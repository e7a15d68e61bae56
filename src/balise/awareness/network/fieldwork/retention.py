"""What is forgotten of who asked for an intervention, and when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.awareness.network.fieldwork.actions import asking
from balise.awareness.network.fieldwork.models import Contact, Intervention
from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule

AFTER: Final = timedelta(days=90)  # what it was for is over, and the answer is given
LONGEST: Final = timedelta(days=730)


def contacts_due(at: datetime) -> "QuerySet[Contact, UUID]":
    """Return contacts of what ended 90 days ago, and any that is two years old."""
    over = Intervention.objects.filter(ended_at__lte=at - AFTER).order_by().values("id")
    found = Contact.objects.filter(Q(id__in=over) | Q(asked_at__lte=at - LONGEST))
    return found.values_list("id", flat=True)


def erase_contacts(contacts: Sequence[UUID]) -> int:
    """Destroy contacts with their keys; return how many."""
    return asking.erase_contacts(interventions=contacts, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.intervention-contacts",
        forgets=Contact,
        says=_(
            "Who asked for an intervention, and what they wrote, is deleted 90 days after it, "
            "and after two years in any case. Numbers stay."
        ),
        due=contacts_due,
        erase=erase_contacts,
    ),
)
