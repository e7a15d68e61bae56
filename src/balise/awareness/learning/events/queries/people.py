"""Who registered: for the mails of the worker, for the bearer of a link, for staff by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from balise.awareness.learning.events import access, events
from balise.awareness.learning.events.models import LINE, PERSON, Event, Places, Registration
from balise.awareness.learning.events.queries import MOST, EventCard, as_card, card
from balise.awareness.learning.events.rules.codes import code_of
from balise.awareness.learning.events.rules.facts import Comes, EventState, Standing
from balise.awareness.learning.events.rules.registering import NOW, SOON
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line, keys_of_line
from balise.foundation.finding import find
from balise.foundation.journal.models import Entry

PAGE: Final = 200  # people of one page
_COMING: Final = (Standing.CONFIRMED, Standing.WAITING)


@dataclass(frozen=True, slots=True)
class Held:
    """What the bearer of a link holds: `place` is where they are in line, 0 with a place."""

    id: UUID
    card: EventCard
    standing: Standing
    place: int
    came: bool | None

    @property
    def code(self) -> str:
        """What they say at the door."""
        return code_of(self.id)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Someone who is to be written to."""

    held: Held
    address: str
    language: str
    link: str  # to join


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who registered, by name, as staff see them."""

    id: UUID
    number: int
    code: str
    name: str
    address: str
    comes: Comes | None
    standing: Standing
    came: bool | None


def held(registration_id: UUID) -> Held:
    """Return what someone holds, with the link of a mail: no name is read. Raises NotHere."""
    read = Registration.objects.only("event_id", "standing", "number", "came")
    return _held(find(read, id=registration_id))


def addressed(registration_id: UUID) -> Addressed | None:
    """Return whom to write to; None where they were erased."""
    one = Registration.objects.filter(id=registration_id).first()
    if one is None:
        return None
    person = key_of_line(LINE, one.id).open(one.sealed, where=PERSON, row=one.id)
    link = Event.objects.values_list("link", flat=True).get(id=one.event_id)
    return Addressed(_held(one), str(person["address"]), one.language, link)


def to_tell(event_id: UUID) -> QuerySet[Registration, UUID]:
    """Return who hears of a change: those with a place, and those who wait, in their order."""
    return _coming(event_id, *_COMING)


def to_remind(event_id: UUID) -> QuerySet[Registration, UUID]:
    """Return who is reminded: those with a place."""
    return _coming(event_id, Standing.CONFIRMED)


def due_reminders(at: datetime) -> list[tuple[UUID, int]]:
    """Return the events whose next reminder is due, and which: 1 the day before, 2 the hour."""
    soon = Event.objects.filter(state=EventState.PUBLISHED, starts_at__gt=at, reminded__lt=2)
    rows = soon.filter(starts_at__lte=at + SOON).values_list("id", "starts_at", "reminded")
    steps = [(one, _step(starts_at - at), reminded) for one, starts_at, reminded in rows]
    return [(one, step) for one, step, reminded in steps if step > reminded]


def people(event_id: UUID, *, after: int = 0, seen_by: Actor) -> Sequence[Person]:
    """Return who registered, by name, in the order of their numbers; at most PAGE after one."""
    access.require(seen_by, access.NAMES)
    card(event_id)
    found = Registration.objects.filter(event=event_id, number__gt=after).order_by("number")
    some = list(found[:PAGE])
    keys = keys_of_line(LINE, [one.id for one in some])
    named = []
    for one in some:
        said = keys[one.id].open(one.sealed, where=PERSON, row=one.id) if one.id in keys else {}
        named.append(
            Person(
                one.id,
                one.number,
                code_of(one.id),
                str(said.get("name", "")),
                str(said.get("address", "")),
                one.comes,
                one.stands,
                one.came,
            )
        )
    return named


def next_after(some: Sequence[Person]) -> int:
    """Return after which number the next page begins; 0 where there is none."""
    return some[-1].number if len(some) == PAGE else 0


def _held(one: Registration) -> Held:
    before = Registration.objects.filter(
        event=one.event_id, standing=Standing.WAITING, number__lte=one.number
    )
    place = before.count() if one.stands is Standing.WAITING else 0
    return Held(one.id, card(one.event_id), one.stands, place, one.came)


def _coming(event_id: UUID, *standings: Standing) -> QuerySet[Registration, UUID]:
    rows = Registration.objects.filter(event=event_id, standing__in=standings)
    return rows.order_by("number").values_list("id", flat=True)


def _step(left: timedelta) -> int:
    return 2 if left <= NOW else 1


# Events as staff see them: all of them, one with its counts, and the proof of what was deleted.


@dataclass(frozen=True, slots=True)
class Desk:
    """An event with its link, who came (None: nobody counted), and how many are to be told."""

    card: EventCard
    link: str
    came: int | None
    heads: int | None
    views: int  # of its film
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
        places.views,
        to_tell(event_id).count(),
    )


def erased(event_id: UUID, *, seen_by: Actor) -> Sequence[Erased]:
    """Return each deletion of what was personal of an event, from the journal: the proof of it."""
    access.require(seen_by, access.READ)
    entries = Entry.objects.filter(subject=event_id, event=events.RegistrationsErased.name)
    return [Erased(one.id, one.at, int(one.facts["count"])) for one in entries.order_by("id")]
