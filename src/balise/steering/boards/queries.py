"""The figures of a board, from the tallies only; no line's table is read here."""

from datetime import date

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.statistics import queries as statistics
from balise.foundation.statistics.boards import Board, Figure, Form
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.protection import Exposure, Node, nodes_within
from balise.foundation.statistics.telling import Printed, printed
from balise.steering.boards import access
from balise.steering.boards.rules.publishing import (
    Publication,
    PublishedPart,
    exact,
    protected,
)
from balise.steering.boards.rules.readings import Amount, BoardReading, MeasureRead, reading
from balise.steering.rules.periods import Period, a_year_before


def read_board(board: Board, period: Period, *, seen_by: Actor) -> BoardReading:
    """Return a board's figures for a period, beside the same period a year before.

    A handful of queries on tallies for each period, whatever the number of reports.
    """
    access.require(seen_by, access.READ)
    before = a_year_before(period)
    covered = coverage(board.measures)  # before the tallies: they may only know more
    now_read, before_read = (_read(board, each, with_days=True) for each in (period, before))
    return BoardReading(
        board=board,
        period=period,
        before=before,
        coverage=covered,
        readings=tuple(
            reading(
                figure,
                now_read[figure.measure],
                before_read[figure.measure],
                period=period,
                year_before=before,
                span=covered.spans[figure.measure],
            )
            for figure in board.figures
        ),
    )


def publication(board: Board, months: tuple[Period, ...], *, seen_by: Actor) -> Publication:
    """Return a board's figures of these months as they may leave.

    What is public by month; what tells of people by the quarters within them that are told today.
    """
    access.require(seen_by, access.EXPORT)
    covered = coverage(board.measures)
    figures: list[PublishedPart] = []
    for month in months:
        read = _read(board, month)
        figures += [
            exact(
                figure,
                read[figure.measure].cells,
                month=month,
                with_rows=exposure_of(figure.measure, figure.by) is Exposure.PUBLIC,
                gap=covered.spans[figure.measure].gap(month.first, month.last),
                counted_until=covered.until[covered.spans[figure.measure].line],
            )
            for figure in board.figures
            if exposure_of(figure.measure) is Exposure.PUBLIC
        ]
    for node in nodes_within(months[0].first, months[-1].last):
        figures += [part for figure in board.figures if (part := _told(figure, node))]
    return Publication(board, months, tuple(figures), covered)


def _told(figure: Figure, node: Node) -> PublishedPart | None:
    """Return what was told of a figure in a quarter; None where nothing was, or is protected."""
    if figure.sums:
        return None
    days = (node.first, node.last)
    parts, whole = Printed(), printed(figure.measure, "", *days, on=today())
    if figure.by:
        parts = printed(figure.measure, figure.by, *days, on=today())
    return protected(figure, node, parts, whole) if parts.nodes or whole.nodes else None


def _read(board: Board, period: Period, *, with_days: bool = False) -> dict[str, MeasureRead]:
    by_days = {figure.measure for figure in board.figures if figure.form is Form.DAYS}
    totals = statistics.totals_of(
        {measure: board.codes_of(measure) for measure in board.measures}, period.first, period.last
    )
    return {
        measure: MeasureRead(
            cells=tuple((row.codes, Amount(row.count, row.total)) for row in rows),
            days=_days(measure, period) if with_days and measure in by_days else None,
        )
        for measure, rows in totals.items()
    }


def _days(measure: str, period: Period) -> dict[date, Amount]:
    rows = statistics.by_day(measure, period.first, period.last)
    return {row.day: Amount(row.count, row.total) for row in rows}
