"""Note which reminder of an event left: one the day before it, one the hour before."""

from uuid import UUID

from django.db import transaction

from balise.awareness.learning.events import access
from balise.awareness.learning.events.access.rows import locked
from balise.foundation.actors import Actor


@transaction.atomic
def note_reminded(*, event_id: UUID, step: int, by: Actor) -> bool:
    """Note a reminder, and return whether it is the first time."""
    access.require(by, access.WRITE)
    event, _places = locked(event_id)
    if event.reminded >= step:
        return False
    event.reminded = step
    event.save(update_fields=("reminded",))
    return True
