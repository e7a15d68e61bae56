"""Figures made the way the programme makes them: facts in the journal, counted by the clerk."""

from datetime import date
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code
from balise.steering import access
from balise.steering.tests.boards import ThingSeen

READER = Actor(ActorKind.STAFF, "reader", frozenset({access.READ}))
EXPORTER = Actor(ActorKind.STAFF, "exporter", frozenset({access.READ, access.EXPORT}))
NOBODY = Actor(ActorKind.STAFF, "nobody", frozenset({"hotline.reports.read"}))


def see(kind: str = "a", *, on: date, times: int = 1, weight: int = 60, band: str = "1h") -> None:
    """Write down that things were seen; `count` counts them."""
    event = ThingSeen(subject=uuid4(), kind=Code(kind), seen_on=on, weight=weight, band=Code(band))
    with transaction.atomic():
        record_many([event] * times, by=ANYONE)


def count() -> None:
    """Let the clerk hand over what was written, so that it is counted."""
    while clerk.tick():
        pass
