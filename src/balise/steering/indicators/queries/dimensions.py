"""By which codes a figure can be broken down: those that some module has words for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from balise.foundation.statistics.boards import Labels, Wording, every_board
from balise.foundation.statistics.indicators import INDICATORS, Flow, Indicator, SumRefused


@dataclass(frozen=True, slots=True)
class Dimension:
    """A code that facts of a figure carry; `name` is how a board or another figure calls it."""

    by: str
    name: Wording
    labels: Labels


def dimensions(one: Indicator) -> tuple[Dimension, ...]:
    """Return by what a figure can be broken down, its own code first; none of what has no parts.

    Only what happened in a period: a stock, a share or a mean has the parts that it is defined by.
    """
    if not isinstance(one.source, Flow):
        return (Dimension(one.by, one.name, one.labels),) if one.by else ()
    found: dict[str, Dimension] = {}
    for each in _told_of(one, one.source.counts.measure):
        found.setdefault(each.by, each)
    return tuple(found.values())


def broken_down(one: Indicator, by: str) -> Indicator:
    """Return an indicator whose parts are by this code, its own where none is said.

    Refuses a code that it is not counted by, or that has no words.
    """
    if not by or by == one.by:
        return one
    for each in dimensions(one):
        if each.by == by:
            return replace(one, by=by, labels=each.labels)
    raise SumRefused(_("This figure is not counted by this."))


def _told_of(one: Indicator, measure: str) -> Iterator[Dimension]:
    if one.by:
        yield Dimension(one.by, one.name, one.labels)
    for board in every_board():
        for figure in board.figures:
            if figure.measure == measure and figure.by and figure.labels is not dict:
                yield Dimension(figure.by, figure.title, figure.labels)
    for other in INDICATORS.values():
        source = other.source
        if isinstance(source, Flow) and source.counts.measure == measure and other.by:
            yield Dimension(other.by, other.name, other.labels)
