"""Where the numbers of a figure come from: measures with what they keep, facts, modules."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import pgettext

from balise.foundation.statistics import measures
from balise.foundation.statistics.boards import label_of
from balise.foundation.statistics.indicators import Counts, Indicator, Latest, counts_of
from balise.steering.readings.events import ReadingNoted


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure that a figure is made of, and in words what it keeps of it; "" for all."""

    measure: str
    keeps: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a figure is made of; `events` are the names of its facts.

    `modules` recorded them, each named as its abilities are: “awareness.orders”.
    """

    counted: tuple[Counted, ...]
    events: tuple[str, ...]
    modules: tuple[str, ...]


def origin_of(one: Indicator) -> Origin:
    """Return where the numbers of a figure come from."""
    if isinstance(one.source, Latest):
        series = (Counted(one.source.series, ""),)
        return Origin(series, (ReadingNoted.name,), ("steering.readings",))
    every = counts_of(one.source)
    facts = [measures.MEASURES[counts.measure].counts for counts in every]
    return Origin(
        tuple(Counted(counts.measure, _keeps(one, counts)) for counts in every),
        tuple(dict.fromkeys(fact.name for fact in facts)),
        tuple(dict.fromkeys(module_of(fact.__module__) for fact in facts)),
    )


def _keeps(one: Indicator, counts: Counts) -> str:
    return " · ".join(_words(one, counts))


def _words(one: Indicator, counts: Counts) -> Iterator[str]:
    if counts.sums:
        yield pgettext("measure", "amounts summed")
    for name, values in counts.only:
        labels = one.labels() if name == one.by else {}
        told = [label_of(value, labels) if value in labels else value for value in values]
        yield f"{name} = {', '.join(told)}"


def module_of(events: str) -> str:
    """Return the module of a file of events: “helpline.cases” of “balise.helpline.cases.events”."""
    parts = events.split(".")
    last = len(parts) - 1 - parts[::-1].index("events") if "events" in parts else len(parts)
    return f"{parts[1]}.{parts[last - 1]}"
