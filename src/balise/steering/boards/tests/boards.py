"""A small board of its own, with its facts: the tests of steering know no line either."""

from datetime import date

from django.utils.translation import ngettext_lazy

from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.boards import Board, Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure


class ThingSeen(Event):
    name = "garden.thing.seen"

    kind: Code
    seen_on: date
    weight: int
    band: Code


class GardenOpened(Event):
    name = "garden.gate.opened"


SEEN = Measure("garden.seen", counts=ThingSeen, by=("kind",), day="seen_on", amount="weight")
TOOK = Measure("garden.took", counts=ThingSeen, by=("band",), day="seen_on", amount="weight")

REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
DAYS = Figure(
    board="garden",
    code="days",
    measure=SEEN.name,
    title="Days",
    counted=REPORTS,
    form=Form.DAYS,
    is_key=True,
)
SUM = Figure(
    board="garden",
    code="sum",
    measure=SEEN.name,
    title="Sum",
    counted=REPORTS,
    form=Form.NUMBER,
    sums=True,
)
KINDS = Figure(
    board="garden",
    code="kinds",
    measure=SEEN.name,
    title="Kinds",
    counted=REPORTS,
    form=Form.CODES,
    by="kind",
    labels=lambda: {"a": "Apples", "b": "Bread", "c": "Cheese"},
)
SPANS = Figure(
    board="garden",
    code="spans",
    measure=TOOK.name,
    title="Spans",
    counted=REPORTS,
    form=Form.SPANS,
    by="band",
)
MEASURES = {SEEN.name: SEEN, TOOK.name: TOOK}
SEEN_N = Indicator(
    code="SEEN-N",
    line="hotline",
    name="Things seen",
    definition="A thing counts on the day it was seen.",
    unit=REPORTS,
    source=Flow(Counts(SEEN.name)),
    owner="The garden",
    by="kind",
    labels=KINDS.labels,
)
BOARD = Board(code="garden", line="hotline", title="Garden", figures=(DAYS, SUM, KINDS, SPANS))
OTHER = Board(code="orchard", line="helpline", title="Orchard", figures=(DAYS,))
