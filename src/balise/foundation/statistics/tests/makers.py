"""Fruit, picked and counted."""

from datetime import date, datetime
from unittest.mock import patch
from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import ANYONE
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.measures import Measure


class FruitPicked(Event):
    name = "orchard.fruit.picked"

    kind: Code
    ripe: bool
    picked_on: date
    grams: int


PICKED = Measure("orchard.picked", counts=FruitPicked, by=("kind", "ripe"))
WEIGHED = Measure(
    "orchard.weighed", counts=FruitPicked, by=("kind",), day="picked_on", amount="grams"
)


def pick(
    kind: str = "apple",
    *,
    times: int = 1,
    ripe: bool = True,
    on: date = date(2026, 3, 1),
    grams: int = 100,
    at: datetime | None = None,
) -> None:
    """Record picked fruit, at a moment of choice."""
    event = FruitPicked(subject=uuid4(), kind=Code(kind), ripe=ripe, picked_on=on, grams=grams)
    with transaction.atomic():
        if at is None:
            record_many([event] * times, by=ANYONE)
        else:
            with patch("balise.foundation.clock.now", return_value=at):
                record_many([event] * times, by=ANYONE)
