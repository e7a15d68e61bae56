"""A figure's numbers of one calendar month, as they may leave: small ones withheld."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from balise.awareness.network.trends.queries.rises import counted
from balise.awareness.network.trends.rules import rises as rules
from balise.awareness.network.trends.rules.rises import Days
from balise.foundation.statistics import queries as statistics
from balise.foundation.statistics.boards import Figure
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.suppression import Table


def month_of(day: date) -> Days:
    """Return the calendar month of a day."""
    return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def table_of(figure: Figure, month: Days) -> Table | None:
    """Return a figure's numbers of a month that is over; None where it was not counted whole."""
    span = coverage([figure.measure]).spans[figure.measure]
    numbers: Mapping[str, int] = counted([figure], month)[figure.measure, figure.by]
    threshold = statistics.threshold_of(figure.measure)
    codes = list(dict.fromkeys((*figure.labels(), *numbers)))
    gap = span.gap(month.first, month.last)
    parts = rules.suppressed(numbers, codes=codes, threshold=threshold, gap=gap)
    if parts is None:
        return None
    total = sum(numbers.values())
    return Table(
        figure.by,
        None if threshold.is_small(total) else total,
        parts,
        threshold=threshold,
    )


def subject_of(figure: Figure) -> str:
    """Return what a table is of, in the words of every export: its numbers are compared by it."""
    return f"{figure.measure}{' sums' if figure.sums else ''}"
