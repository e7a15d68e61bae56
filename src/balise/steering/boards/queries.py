"""The figures of a board, from the tallies only; no line's table is read here."""

from datetime import date

from balise.foundation.actors import Actor
from balise.foundation.statistics import queries as statistics
from balise.foundation.statistics.boards import Board, Form
from balise.foundation.statistics.coverage import coverage
from balise.steering.boards import access
from balise.steering.boards.rules.publishing import Publication, published_month
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
    """Return a board's figures of these months as they may leave: small numbers are withheld."""
    access.require(seen_by, access.EXPORT)
    covered = coverage(board.measures)
    figures = []
    for month in months:
        read = _read(board, month)
        figures += [
            published_month(
                figure,
                read[figure.measure].cells,
                month=month,
                gap=covered.spans[figure.measure].gap(month.first, month.last),
                counted_until=covered.until[covered.spans[figure.measure].line],
                threshold=statistics.threshold_of(figure.measure),
            )
            for figure in board.figures
        ]
    return Publication(board, months, tuple(figures), covered)


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
