"""Fruit, picked and counted."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import transaction

from balise.foundation.actors import ANYONE
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics import exposures, telling
from balise.foundation.statistics.boards import Board
from balise.foundation.statistics.exposures import TOTAL
from balise.foundation.statistics.indicators import Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.models import ToldNumber
from balise.foundation.statistics.protection import Exposure, Node, Vintage


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


def classify(
    monkeypatch: pytest.MonkeyPatch,
    known: Mapping[str, Measure],
    tells: Mapping[tuple[str, str], Exposure] | None = None,
    *,
    told_of: Iterable[Indicator] = (),
    boards: Iterable[Board] = (),
) -> None:
    """Give each number of some measures its class, public where none is said; and their tables."""
    public = {
        (one.name, name): Exposure.PUBLIC for one in known.values() for name in (TOTAL, *one.codes)
    }
    for module, name in ((exposures, "EXPOSURES"), (exposures, "_KEYED"), (telling, "TABLES")):
        monkeypatch.setattr(module, name, type(getattr(module, name))())
    monkeypatch.setattr(telling, "MEASURES", known)
    exposures.register(public | dict(tells or {}), known.values())
    telling.register(told_of, boards)


def keep_told(measure: str, by: str, node: Node, **numbers: int | None) -> None:
    """Write what was told of a period, in both vintages; `all` is the code of a measure's own."""
    ToldNumber.objects.bulk_create(
        ToldNumber(
            table=telling.TABLES[measure, by].name,
            node=str(node),
            vintage=vintage,
            code="" if code == "all" else code,
            number=number,
        )
        for code, number in numbers.items()
        for vintage in Vintage
    )
