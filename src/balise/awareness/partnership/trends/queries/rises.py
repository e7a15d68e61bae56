"""What rises in the lines' tallies: small numbers withheld first, uncounted days said."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
from balise.foundation.statistics.measures import Table
from balise.foundation.statistics.rules import Gap


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is said of a code, with its words."""

    label: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A figure of a line: its rises, how many codes are withheld, what was not counted.

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

    @property
    def withheld(self) -> int:
        return sum(one.reading.verdict is Verdict.WITHHELD for one in self.readings)


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
    threshold = statistics.threshold_of(figure.measure)
    numbers = [
        rules.suppressed(each, codes=codes, threshold=threshold, gap=gap)
        for each, gap in zip(counted, gaps, strict=True)
    ]
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


# A figure's numbers of one calendar month, as they may leave: small ones withheld.


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
