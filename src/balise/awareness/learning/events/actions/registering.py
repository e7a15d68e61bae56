"""Register, say "not coming", come back. Anyone may: no ability is asked for.

Registrations of one moment share a transaction. What takes long, sealing, is done before it; in it
the row of an event's places is locked, and counters say who has a place: nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.learning.events import events
from balise.awareness.learning.events.access.rows import COUNTERS, put
from balise.awareness.learning.events.models import BLIND, LINE, PERSON, Event, Places, Registration
from balise.awareness.learning.events.rules.facts import (
    AdultsOnly,
    EventKind,
    RegistrationClosed,
    Standing,
    Tally,
    standing_next,
    with_one_more,
    with_promoted,
    without_one,
)
from balise.awareness.learning.events.rules.registering import AGAIN, Incoming, canonical
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    RecordKey,
    blinder,
    new_key,
)
from balise.foundation.finding import find
from balise.foundation.group_commit import GroupCommit
from balise.foundation.journal.book import record, record_each, record_many
from balise.foundation.journal.events import Code, Event as Fact

# Give the places that are free to the first who wait.


def promote(*, places: Places, kind: EventKind, by: Actor) -> int:
    """Promote who waits, within the caller's lock on the places, which the caller then saves.

    Return how many. Anyone who gives a place back does this: no ability is asked for.
    """
    first = Registration.objects.filter(event=places.event_id, standing=Standing.WAITING)
    ids = first.order_by("number").values_list("id", flat=True)
    chosen = list(ids[: places.tally.to_promote])
    put(places, with_promoted(places.tally, len(chosen)))
    Registration.objects.filter(id__in=chosen).update(standing=Standing.CONFIRMED)
    told = (events.Promoted(subject=one, event=places.event_id, kind=Code(kind)) for one in chosen)
    record_many(told, by=by)
    return len(chosen)


_COLUMNS: Final = (
    *("id", "event_id", "known_by", "sealed", "language", "comes_as", "standing", "number"),
    *("registered_at", "asked_at"),
)

type Brought = tuple[Incoming, Actor]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A registration, sealed, that no transaction knows yet."""

    incoming: Incoming
    by: Actor
    known_by: bytes
    key: RecordKey
    sealed: bytes


@dataclass(slots=True)
class _Standing:
    """A registration as the database has it, or will."""

    id: UUID
    standing: Standing
    asked_at: datetime


def register(*, incoming: Incoming, by: Actor) -> Standing:
    """Register an adult; return where one who was not registered stands, or would.

    The same address twice is one registration, and the answer says nothing of it. Refuses a minor,
    and an event for which nobody registers (any more).
    """
    if not incoming.is_adult:
        raise AdultsOnly(_("An adult registers. A class comes through its teacher."))
    taken = _together((incoming, by))
    if taken is None:
        raise RegistrationClosed(_("Registration for this event is closed."))
    return taken


def register_many(*, incoming: Sequence[Incoming], by: Actor) -> list[Standing | None]:
    """Register adults of a list, in one transaction, by the same road as `register`.

    Return where each stands; None where nobody registers (any more).
    """
    if not all(one.is_adult for one in incoming):
        raise AdultsOnly(_("An adult registers. A class comes through its teacher."))
    return _register_all([(one, by) for one in incoming])


@transaction.atomic
def release(*, registration_id: UUID, by: Actor) -> None:
    """Say "not coming", with the link of a mail: the place goes to the first who waits.

    Said twice it is said once; once the event is over, nothing changes.
    """
    event, places, one = _held(registration_id)
    was = one.stands
    if was is Standing.NOT_COMING or event.ends_at <= now():
        return
    one.standing = Standing.NOT_COMING
    one.save(update_fields=("standing",))
    put(places, without_one(places.tally, was))
    kind = Code(event.kind)
    record(events.NotComing(subject=one.id, event=event.id, kind=kind, standing=Code(was)), by=by)
    if places.closes_at is not None:  # a cancelled event calls nobody
        promote(places=places, kind=event.what, by=by)
    places.save(update_fields=COUNTERS)


@transaction.atomic
def come_back(*, registration_id: UUID, by: Actor) -> None:
    """Come after all, with the link of a mail: a place that is free, or the end of the line."""
    event, places, one = _held(registration_id)
    if places.closes_at is None or places.closes_at <= now():
        raise RegistrationClosed(_("Registration for this event is closed."))
    if one.stands is not Standing.NOT_COMING:
        return
    one.standing = standing_next(places.tally)
    put(places, with_one_more(places.tally, came_back=True))
    one.number = places.last
    one.save(update_fields=("standing", "number"))
    places.save(update_fields=COUNTERS)
    record(_came_back(one.id, event.id, event.kind, one.stands), by=by)


def _held(registration_id: UUID) -> tuple[Event, Places, Registration]:
    """Return a registration with its event and places; the places are locked, and read first.

    The public door may lock no event, and reads of both what is named here.
    """
    known = Registration.objects.only("event_id", "standing", "number")
    event_id = find(known, id=registration_id).event_id
    places = Places.objects.select_for_update().get(event_id=event_id)
    event = Event.objects.only("kind", "ends_at").get(id=event_id)
    return event, places, known.get(id=registration_id)


def _register_all(brought: Sequence[Brought]) -> list[Standing | None]:
    sealer = BatchSealer(LINE)
    ready = _seal(brought)
    wraps = [sealer.own_columns(), *(sealer.columns(one.key) for one in ready)]
    with transaction.atomic():
        return _Moment(ready, wraps).write()


_together = GroupCommit(_register_all)


def _seal(brought: Sequence[Brought]) -> list[_Ready]:
    blind = blinder(LINE, BLIND)
    ready = []
    for incoming, by in brought:
        key = new_key(LINE, uuid4())
        person = {"name": incoming.name.strip(), "address": incoming.address.strip()}
        sealed = key.seal(person, where=PERSON, row=key.record)
        known_by = blind(f"{incoming.event}:{canonical(incoming.address)}")
        ready.append(_Ready(incoming, by, known_by, key, sealed))
    return ready


class _Moment:
    """The registrations of one moment, within their transaction."""

    def __init__(self, ready: Sequence[_Ready], wraps: Sequence[tuple[Any, ...]]) -> None:
        self._ready, self._wraps = ready, wraps
        self._at = now()
        self._tallies: dict[UUID, Tally] = {}
        self._open: set[UUID] = set()
        self._known: dict[bytes, _Standing] = {}
        self._new: list[tuple[Any, ...]] = []
        self._facts: list[tuple[Fact, Actor]] = []

    def write(self) -> list[Standing | None]:
        """Lock, give places, write it all; return where each stands, None where it is closed."""
        self._lock()
        self._read()
        outcomes = [self._take(one) for one in self._ready]
        self._save()
        return outcomes

    def _lock(self) -> None:
        events = sorted({one.incoming.event for one in self._ready})  # all lock in this order
        fields = ("event_id", "closes_at", "capacity", *COUNTERS)
        for key, closes_at, *counters in rows.select(Places, fields, among=events, lock=True):
            event = UUID(str(key))  # SQLite's driver gives that of another row as text
            self._tallies[event] = Tally(*counters)
            if closes_at is not None and _moment(closes_at) > self._at:
                self._open.add(event)

    def _read(self) -> None:
        blinds = [one.known_by for one in self._ready]
        fields = ("known_by", "id", "standing", "asked_at")
        for known_by, row_id, standing, asked_at in rows.select(Registration, fields, among=blinds):
            known = _Standing(row_id, Standing(standing), _moment(asked_at))
            self._known[bytes(known_by)] = known

    def _take(self, one: _Ready) -> Standing | None:
        event = one.incoming.event
        if event not in self._open:
            return None
        tally = self._tallies[event]
        standing = standing_next(tally)
        known = self._known.get(one.known_by)
        if known is None:
            self._add(one, tally, standing)
        elif known.standing is Standing.NOT_COMING:
            self._bring_back(one, known, tally, standing)
        elif known.asked_at <= self._at - AGAIN:
            known.asked_at = self._at
            Registration.objects.filter(id=known.id).update(asked_at=self._at)
            self._facts.append((events.RegisteredAgain(subject=known.id, event=event), one.by))
        return standing

    def _add(self, one: _Ready, tally: Tally, standing: Standing) -> None:
        incoming, row_id = one.incoming, one.key.record
        after = self._tallies[incoming.event] = with_one_more(tally)
        self._known[one.known_by] = _Standing(row_id, standing, self._at)
        self._new.append(
            (
                *(row_id, incoming.event, one.known_by, one.sealed, incoming.language),
                *(incoming.comes_as, standing.value, after.last, self._at, self._at),
            )
        )
        fact = events.Registered(
            subject=row_id,
            event=incoming.event,
            kind=Code(incoming.kind),
            standing=Code(standing),
            comes=Code(incoming.comes_as),
        )
        self._facts.append((fact, one.by))

    def _bring_back(self, one: _Ready, known: _Standing, tally: Tally, standing: Standing) -> None:
        event = one.incoming.event
        after = self._tallies[event] = with_one_more(tally, came_back=True)
        known.standing = standing
        Registration.objects.filter(id=known.id).update(standing=standing, number=after.last)
        self._facts.append((_came_back(known.id, event, one.incoming.kind, standing), one.by))

    def _save(self) -> None:
        kept = {row[0] for row in self._new}
        if kept:
            wraps = [self._wraps[0], *(wrap for wrap in self._wraps[1:] if wrap[0] in kept)]
            rows.insert(Registration, _COLUMNS, self._new)
            rows.insert(KeyWrap, WRAP_COLUMNS, wraps)
        values = [
            (tally.confirmed, tally.waiting, tally.not_coming, tally.last, event)
            for event, tally in self._tallies.items()
        ]
        rows.update(Places, COUNTERS, values)
        record_each(self._facts)


def _moment(given: datetime) -> datetime:
    """Return a moment that `rows` read: SQLite's driver names no zone, and means UTC."""
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _came_back(row_id: UUID, event: UUID, kind: str, standing: Standing) -> Fact:
    return events.CameBack(subject=row_id, event=event, kind=Code(kind), standing=Code(standing))
