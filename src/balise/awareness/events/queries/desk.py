"""Events as staff see them: all of them, one with its counts, and the proof of what was deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.awareness.events import access, events
from balise.awareness.events.models import Places
from balise.awareness.events.queries import MOST, EventCard, as_card
from balise.awareness.events.queries.people import to_tell
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.suppression import ADULTS


@dataclass(frozen=True, slots=True)
class Desk:
    """An event with its link, who came (None: nobody counted), and how many are to be told."""

    card: EventCard
    link: str
    came: int | None
    heads: int | None
    views: int | None  # of its film; None is withheld
    to_tell: int


@dataclass(frozen=True, slots=True)
class Erased:
    """A deletion of personal data, as the journal has it: the number of its entry, and how many."""

    entry: int
    at: datetime
    count: int


def every(*, seen_by: Actor) -> Sequence[EventCard]:
    """Return all events, drafts too, the latest first."""
    access.require(seen_by, access.READ)
    rows = Places.objects.select_related("event").order_by("-event__starts_at", "event_id")
    return [as_card(each) for each in rows[:MOST]]


def desk(event_id: UUID, *, seen_by: Actor) -> Desk:
    """Return one event. Raises NotHere."""
    access.require(seen_by, access.READ)
    places = find(Places.objects.select_related("event"), event_id=event_id)
    return Desk(
        as_card(places),
        places.event.link,
        places.came,
        places.heads,
        None if ADULTS.is_small(places.views) else places.views,
        to_tell(event_id).count(),
    )


def erased(event_id: UUID, *, seen_by: Actor) -> Sequence[Erased]:
    """Return each deletion of what was personal of an event, from the journal: the proof of it."""
    access.require(seen_by, access.READ)
    entries = Entry.objects.filter(subject=event_id, event=events.RegistrationsErased.name)
    return [Erased(one.id, one.at, int(one.facts["count"])) for one in entries.order_by("id")]
