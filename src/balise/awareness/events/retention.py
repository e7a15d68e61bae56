"""What is forgotten of who registered, and when; the counts of each event stay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.awareness.events.actions import erasing
from balise.awareness.events.models import Registration
from balise.awareness.events.rules.registering import KEPT
from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule


def registrations_due(at: datetime) -> QuerySet[Registration]:
    """Return the registrations for events that ended 30 days ago."""
    return Registration.objects.filter(event__ends_at__lte=at - KEPT).order_by("event_id", "id")


def erase_registrations(registrations: Sequence[UUID]) -> int:
    """Destroy registrations with their keys; return how many."""
    return erasing.erase(registrations=registrations, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.registrations",
        forgets=Registration,
        says=_(
            "Name and address of who registered for an event are deleted 30 days after its end; "
            "how many registered and came is kept."
        ),
        due=registrations_due,
        erase=erase_registrations,
    ),
)
