"""Destroy what is personal of who registered, and write down of which event and how many."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balise.awareness.events import access, events
from balise.awareness.events.models import Registration
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.book import record_many


@transaction.atomic
def erase(*, registrations: Sequence[UUID], by: Actor) -> int:
    """Delete registrations with their keys; the counts of their events stay. Return how many."""
    access.require(by, access.NAMES)
    rows = Registration.objects.filter(id__in=registrations)
    of = Counter(rows.values_list("event_id", flat=True))
    forget(registrations)
    rows.delete()
    told = (events.RegistrationsErased(subject=event, count=many) for event, many in of.items())
    record_many(told, by=by)
    return of.total()
