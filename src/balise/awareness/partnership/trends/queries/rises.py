"""What rises in the lines' tallies, exactly, for inside; what of it may leave; uncounted days."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from balise.awareness.partnership.trends import access
from balise.awareness.partnership.trends.rules import rises as rules
from balise.awareness.partnership.trends.rules.rises import Compared, Days, Reading, Verdict
from balise.awareness.partnership.trends.rules.watched import watched
from balise.foundation.actors import Actor
from balise.foundation.statistics import queries as statistics
from balise.foundation.statistics.boards import Figure, every_board, label_of
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.protection import Node, Sum, nodes_within
from balise.foundation.statistics.rules import Gap
from balise.foundation.statistics.telling import printed

_LOOKED_BACK = timedelta(days=250)  # two quarters that are over, wherever a day is


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is said of a code, with its words."""

    label: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A figure of a line: its rises, what was not counted.

    `gap` says why this month was not counted, `unknown` which of the other periods were not.
    """

    figure: Figure
    line: str
    readings: Sequence[Labelled]
    gap: Gap | None
    unknown: Sequence[Days]

    @property
    def rising(self) -> Sequence[Labelled]:
        """Return what rises, and what rises as it did the year before; the steepest first."""
        found = [
            one for one in self.readings if one.reading.verdict in {Verdict.RISE, Verdict.SEASONAL}
        ]
        return sorted(found, key=lambda one: one.reading.ratio or 0, reverse=True)


@dataclass(frozen=True, slots=True)
class RisesRead:
    """The figures that are looked at, for a month up to a day."""

    compared: Compared
    figures: Sequence[FigureRead]

    @property
    def rising(self) -> Sequence[tuple[FigureRead, Labelled]]:
        return [(figure, one) for figure in self.figures for one in figure.rising]


def rises(until: date, *, seen_by: Actor) -> RisesRead:
    """Return what rises in the month of a day up to that day, in the figures that are watched.

    From tallies alone, in a few queries for each period that is compared.
    """
    access.require(seen_by, access.READ)
    periods = rules.compared(until)
    figures = _figures()
    covered = coverage([figure.measure for figure, _line in figures])  # before the tallies
    numbers = [counted([figure for figure, _line in figures], days) for days in periods.all]
    return RisesRead(
        periods,
        [
            _read(
                figure,
                line,
                periods,
                [each[figure.measure, figure.by] for each in numbers],
                rules.gaps(periods, covered.spans[figure.measure]),
            )
            for figure, line in figures
        ],
    )


def _figures() -> Sequence[tuple[Figure, str]]:
    """Return the watched figures of the boards that this centre has, with their line."""
    boards = {board.code: board for board in every_board()}
    return [
        (figure, board.line)
        for each in watched(settings.COUNTRY)
        if (board := boards.get(each.board))
        for figure in board.figures
        if figure.code == each.figure
    ]


def counted(figures: Sequence[Figure], days: Days) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Return each figure's numbers by code in some days."""
    by: dict[str, tuple[str, ...]] = {}
    for figure in figures:
        by[figure.measure] = tuple(dict.fromkeys((*by.get(figure.measure, ()), figure.by)))
    totals = statistics.totals_of(by, days.first, days.last)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for figure in figures:
        numbers = found[figure.measure, figure.by] = {}
        for row in totals[figure.measure]:
            code = row.codes.get(figure.by, "")
            number = row.total if figure.sums else row.count
            numbers[code] = numbers.get(code, 0) + number
    return found


def _read(
    figure: Figure,
    line: str,
    periods: Compared,
    counted: Sequence[Mapping[str, int]],
    gaps: Sequence[Gap | None],
) -> FigureRead:
    labels = figure.labels()
    codes = list(dict.fromkeys((*labels, *(code for each in counted for code in each))))
    numbers = [each if gap is None else None for each, gap in zip(counted, gaps, strict=True)]
    return FigureRead(
        figure,
        line,
        [Labelled(label_of(one.code, labels), one) for one in rules.read(codes, numbers)],
        gaps[0],
        [days for days, gap in zip(periods.all[1:], gaps[1:], strict=True) if gap is not None],
    )


def gap_words(gap: Gap) -> str:
    """Return why a number was not counted, in words."""
    match gap:
        case Gap.BEFORE_THE_CENTRE:
            return _("Not counted: it is before this centre began.")
        case Gap.BEFORE_THE_MEASURE:
            return _("Not counted: this figure began later.")
        case Gap.NOT_YET:
            return _("Not counted yet: facts wait, or the figure is counted again.")


# A figure's numbers as they may leave: exact of a month, or as told of a quarter.


@dataclass(frozen=True, slots=True)
class ToldQuarter:
    """The last quarter that is told of a protected code, and the same one of the year before."""

    node: Node
    now: Sum | None  # None is fewer than 11
    year_before: Sum | None
    has_year_before: bool


def month_of(day: date) -> Days:
    """Return the calendar month of a day."""
    return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def number_of(figure: Figure, code: str, month: Days) -> int | None:
    """Return a public number of a month that is over; None where it was not counted whole."""
    span = coverage([figure.measure]).spans[figure.measure]
    if span.gap(month.first, month.last) is not None:
        return None
    return counted([figure], month)[figure.measure, figure.by].get(code, 0)


def told_quarter(figure: Figure, code: str, *, on: date) -> ToldQuarter | None:
    """Return what is told on a day of a protected code; None where nothing is."""
    quarters = nodes_within(on - _LOOKED_BACK, on)
    node = next((each for each in reversed(quarters) if each.latest(on)), None)
    if node is None or figure.sums:
        return None
    before = Node(node.year - 1, node.quarter)
    now, year_before = (
        printed(figure.measure, figure.by, each.first, each.last, on=on).cells
        for each in (node, before)
    )
    if code not in now:
        return None
    return ToldQuarter(node, now[code], year_before.get(code), code in year_before)
