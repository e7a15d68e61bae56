"""Facts for the journal's own tests."""

from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.journal.models import Entry

STAFF = Actor(ActorKind.STAFF, "3b1f0f2e-6c7f-4c0c-9d55-0d2f6a6c9a11")
GREY = Code("grey")


class PebbleThrown(Event):
    name = "pond.pebble.thrown"

    colour: Code
    weight: int = 1


class PebbleSunk(Event):
    name = "pond.pebble.sunk"


class BellRung(Event):
    name = "tower.bell.rung"


def throw(*, colour: str = "grey", weight: int = 1, by: Actor = ANYONE) -> UUID:
    """Record one fact in the pond's chain and return its subject."""
    subject = uuid4()
    with transaction.atomic():
        record(PebbleThrown(subject=subject, colour=Code(colour), weight=weight), by=by)
    return subject


def ring() -> None:
    """Record one fact in the tower's chain."""
    with transaction.atomic():
        record(BellRung(subject=uuid4()), by=STAFF)


def throw_many(count: int) -> list[Entry]:
    """Record many facts at once and return their entries."""
    with transaction.atomic():
        record_many(
            (PebbleThrown(subject=uuid4(), colour=GREY, weight=n) for n in range(count)), by=ANYONE
        )
    return list(Entry.objects.order_by("id"))
