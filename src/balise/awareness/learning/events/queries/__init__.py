"""Events as others see them: one, those to come, and who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from balise.awareness.learning.events.grants import SHOWN
from balise.awareness.learning.events.models import Event, Places
from balise.awareness.learning.events.rules.facts import (
    Audience,
    EventKind,
    EventState,
    Said,
    Speaker,
    Tally,
)
from balise.foundation import rows
from balise.foundation.clock import now
from balise.foundation.finding import NotHere, find

MOST: Final = 200  # of a list
SHORT: Final = 12
_NONE: Final = (None, "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard:
    """An event, without the link to join it. `closes_at` None: nobody registers for it."""

    id: UUID
    kind: EventKind
    state: EventState
    words: Mapping[str, Said]
    speakers: Sequence[Speaker]
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    is_online: bool
    audience: Audience
    campaign: str
    structure: UUID | None
    organiser: str
    series: str
    edition: int | None
    replay: UUID | None
    sequence: int
    changed_at: datetime
    closes_at: datetime | None
    tally: Tally

    def said(self, language: str) -> Said:
        """Return its words in a language, or in the first that it has."""
        return self.words.get(language) or next(iter(self.words.values()))


@dataclass(frozen=True, slots=True)
class Attended:
    """Who came: `heads` is None where nobody counted; `is_declared` where nobody registered."""

    registered: int
    heads: int | None
    is_declared: bool


def card(event_id: UUID) -> EventCard:
    """Return an event, whatever its state: the caller is one of ours. Raises NotHere."""
    return as_card(find(Places.objects.select_related("event").only(*COLUMNS), event_id=event_id))


def attended(event_id: UUID) -> Attended:
    """Return who came to an event. Raises NotHere."""
    places = find(Places, event_id=event_id)
    is_declared = not places.capacity
    heads = places.heads if is_declared else places.came
    return Attended(places.tally.registered, heads, is_declared)


# What the public door may read: a query of any other column would fail there.
COLUMNS = (
    *("event_id", "closes_at", "capacity", "confirmed", "waiting", "not_coming", "last"),
    *("came", "heads", *(f"event__{name}" for name in SHOWN)),
)


def as_card(places: Places) -> EventCard:
    """Return an event as a value, read with its places."""
    event: Event = places.event
    return EventCard(
        id=event.id,
        kind=event.what,
        state=event.stands,
        words={language: Said(**said) for language, said in event.words.items()},
        speakers=[Speaker(**one) for one in event.speakers],
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        place=event.place,
        is_online=event.is_online,
        audience=event.whom,
        campaign=event.campaign,
        structure=event.structure,
        organiser=event.organiser,
        series=event.series,
        edition=event.edition,
        replay=event.replay,
        sequence=event.sequence,
        changed_at=event.changed_at,
        closes_at=places.closes_at,
        tally=places.tally,
    )


def public(event_id: UUID) -> EventCard:
    """Return an event that anyone may see: published, or cancelled since. Raises NotHere."""
    return as_card(find(_public(), event_id=event_id))


def kind_of(event_id: UUID) -> EventKind:
    """Return the kind of an event that anyone may see, in little time. Raises NotHere."""
    ((_id, kind, state),) = rows.select(Event, ("id", "kind", "state"), among=[event_id]) or [_NONE]
    if state in {"", EventState.DRAFT}:
        raise NotHere
    return EventKind(kind)


def to_come() -> Sequence[EventCard]:
    """Return the events to come, the next first; one that was cancelled stays until its day."""
    found = _public().filter(event__ends_at__gt=now()).order_by("event__starts_at", "event_id")
    return [as_card(each) for each in found[:MOST]]


def past() -> Sequence[EventCard]:
    """Return the events that took place and can be watched again, the last first."""
    over = _public().filter(event__ends_at__lte=now(), event__state=EventState.PUBLISHED)
    watched = over.exclude(event__replay=None).order_by("-event__starts_at")
    return [as_card(each) for each in watched[:SHORT]]


def editions(of: EventCard) -> Sequence[EventCard]:
    """Return the other public events of a series, the last edition first."""
    if not of.series:
        return []
    same = _public().filter(event__series=of.series).exclude(event_id=of.id)
    return [as_card(each) for each in same.order_by("-event__edition")[:SHORT]]


def _public() -> QuerySet[Places]:
    return (
        Places.objects.select_related("event").only(*COLUMNS).exclude(event__state=EventState.DRAFT)
    )
