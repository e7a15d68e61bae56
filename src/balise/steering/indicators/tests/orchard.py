"""Indicators of an orchard: one of each source."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.translation import ngettext_lazy

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics import exposures
from balise.foundation.statistics.exposures import TOTAL
from balise.foundation.statistics.indicators import (
    Beside,
    Counts,
    Ever,
    Flow,
    Indicator,
    IndicatorKind,
    Level,
    Mean,
    NotCounted,
    Per,
    Recorded,
    Said,
    Share,
    Step,
    Version,
)
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.protection import Exposure, Node
from balise.foundation.statistics.quantities import Bound
from balise.foundation.statistics.tests.makers import PICKED, FruitPicked, classify, keep_told
from balise.steering.indicators import access


class TreePlanted(Event, name="orchard.tree.planted"):
    kind: Code
    on: date


class TreeFelled(Event, name="orchard.tree.felled"):
    kind: Code
    on: date


WEIGHED: Final = Measure(
    "orchard.baskets", counts=FruitPicked, by=("kind", "ripe"), day="picked_on", amount="grams"
)
PLANTED: Final = Measure("orchard.planted", counts=TreePlanted, by=("kind",), day="on")
FELLED: Final = Measure("orchard.felled", counts=TreeFelled, by=("kind",), day="on")
TASTED: Final = Measure(
    "orchard.tasted", counts=FruitPicked, by=("kind", "ripe"), day="picked_on", amount="grams"
)
MEASURES: Final = {one.name: one for one in (PICKED, WEIGHED, PLANTED, FELLED, TASTED)}
# Whoever tastes is protected, whoever tastes what is not ripe stays inside.
_TELLS: Final = {
    (TASTED.name, TOTAL): Exposure.SENSITIVE,
    (TASTED.name, "kind"): Exposure.SENSITIVE,
    (TASTED.name, "kind=plum"): Exposure.PUBLIC,
    (TASTED.name, "ripe"): Exposure.INSIDE,
}
STAFF: Final = Actor(ActorKind.STAFF, "lou", frozenset({access.READ, access.WRITE}))

_baskets = Counts(WEIGHED.name)
_grams = Counts(WEIGHED.name, sums=True)
_ripe = Counts(WEIGHED.name, only=(("ripe", ("yes",)),))
_LAST_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
# What records would tell of growers; a test writes it.
REGISTER: Final[dict[str, Said | None]] = {"growers": None, "again": None}


def _growers(_first: date, _last: date, *, until: datetime) -> Said | None:
    return REGISTER["growers"] if until.year > _LAST_YEAR[1].year else None


def _again(_first: date, _last: date, *, until: datetime) -> Said | None:
    return REGISTER["again"]


_base = Indicator(
    code="PICK-N",
    line="orchard",
    name="Baskets",
    definition="A basket counts on the day it was picked.",
    unit=ngettext_lazy("%(many)s report", "%(many)s reports", "count"),
    source=Flow(_baskets),
    by="kind",
    labels=lambda: {"apple": "Apples", "pear": "Pears", "plum": "Plums"},
)
EVERY: Final = (
    _base,
    replace(_base, code="PICK-G", source=Flow(_grams)),
    replace(_base, code="PICK-O", source=Flow(_baskets, overlaps=True)),
    replace(_base, code="PICK-B", bound=Bound.AT_LEAST),
    replace(_base, code="PICK-BARE", labels=dict),
    replace(_base, code="PICK-RIPE", source=Share(_ripe, _baskets), by=""),
    replace(_base, code="PICK-MEAN", source=Mean(_grams), by=""),
    replace(_base, code="PICK-DAY", source=Per(_baskets, Step.DAY), by=""),
    replace(_base, code="PICK-OPEN", source=Per(_baskets, Step.OPEN_DAY), by=""),
    replace(_base, code="PICK-MONTH", source=Per(_baskets, Step.MONTH), by=""),
    replace(_base, code="TREES", source=Level(Counts(PLANTED.name), Counts(FELLED.name))),
    replace(_base, code="EVER", source=Level(Counts(PLANTED.name))),
    replace(_base, code="PICK-ONCE", source=Per(_grams, Step.MONTH, twice=_baskets), by=""),
    replace(
        _base,
        code="HANDS",
        source=Ever((("baskets", _baskets), ("trees", Counts(PLANTED.name)))),
        bound=Bound.AT_MOST,
        by="",
    ),
    replace(_base, code="GROWERS", source=Recorded(_growers, IndicatorKind.STOCK), by=""),
    replace(_base, code="AGAIN", source=Recorded(_again, IndicatorKind.RATE), by=""),
    replace(_base, code="ALL", source=Beside(("PICK-N", "EVER", "GROWERS")), by=""),
    replace(_base, code="BEES", source=NotCounted("No hive counts its bees."), by=""),
    replace(_base, code="TASTED", source=Flow(Counts(TASTED.name))),
    replace(_base, code="TASTED-RIPE", source=Flow(Counts(TASTED.name)), by="ripe"),
    replace(
        _base,
        code="PICK-V2",
        versions=(Version(1, None, "By tree"), Version(2, date(2026, 3, 15), "By basket")),
    ),
)


def protect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each number of the orchard its class, and the protected ones their tables."""
    classify(monkeypatch, MEASURES, _TELLS, told_of=EVERY)


def keep_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no number of the baskets leave."""
    for name in (TOTAL, *WEIGHED.codes):
        monkeypatch.setitem(exposures.EXPOSURES, (WEIGHED.name, name), Exposure.INSIDE)


def keep(node: Node, *, by: str = "kind", **numbers: int | None) -> None:
    """Write what was told of those who tasted in a period."""
    keep_told(TASTED.name, by, node, **numbers)


def plant(kind: str = "apple", *, on: date, times: int = 1) -> None:
    """Record planted trees."""
    _record(TreePlanted, kind, on, times)


def fell(kind: str = "apple", *, on: date, times: int = 1) -> None:
    """Record felled trees."""
    _record(TreeFelled, kind, on, times)


def _record(event: type[TreePlanted | TreeFelled], kind: str, on: date, times: int) -> None:
    with transaction.atomic():
        record_many(
            [event(subject=uuid4(), kind=Code(kind), on=on) for _time in range(times)], by=ANYONE
        )
