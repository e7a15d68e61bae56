"""The row of an event's places: locked first, so that everything else of it waits its turn."""

from typing import Final
from uuid import UUID

from balise.awareness.learning.events.models import Event, Places
from balise.awareness.learning.events.rules.facts import Tally
from balise.foundation.finding import find

COUNTERS: Final = ("confirmed", "waiting", "not_coming", "last")


def locked(event_id: UUID) -> tuple[Event, Places]:
    """Return an event with its places, locked until the open transaction ends. Raises NotHere."""
    places = find(Places.objects.select_for_update(), event_id=event_id)
    return Event.locked(event_id), places


def put(places: Places, tally: Tally) -> None:
    """Take over counters; the caller saves them."""
    for name in COUNTERS:
        setattr(places, name, getattr(tally, name))
