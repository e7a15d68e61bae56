"""The figures of a board, from the tallies alone; no line's table is ever read here."""

from balise.foundation.actors import Actor
from balise.foundation.statistics import queries as statistics
from balise.steering import access
from balise.steering.rules.boards import Board, Form
from balise.steering.rules.periods import Period, a_year_before
from balise.steering.rules.publishing import Publication, published_month
from balise.steering.rules.readings import Amount, BoardReading, MeasureRead, reading


def read_board(board: Board, period: Period, *, seen_by: Actor) -> BoardReading:
    """Return a board's figures for a period, beside the same period a year before.

    Two queries for each measure and period at most, whatever the number of reports.
    """
    access.require(seen_by, access.READ)
    before = a_year_before(period)
    by_days = {figure.measure for figure in board.figures if figure.form is Form.DAYS}
    read = {
        measure: (
            _read(board, measure, period, by_days=measure in by_days),
            _read(board, measure, before, by_days=measure in by_days),
        )
        for measure in board.measures
    }
    return BoardReading(
        board=board,
        period=period,
        before=before,
        readings=tuple(
            reading(figure, *read[figure.measure], period=period, year_before=before)
            for figure in board.figures
        ),
    )


def publication(board: Board, months: tuple[Period, ...], *, seen_by: Actor) -> Publication:
    """Return a board's figures of these months as they may leave: small numbers are withheld."""
    access.require(seen_by, access.EXPORT)
    figures = []
    for month in months:
        read = {measure: _read(board, measure, month).cells for measure in board.measures}
        figures += [
            published_month(figure, read[figure.measure], month=month) for figure in board.figures
        ]
    return Publication(board, months, tuple(figures))


def _read(board: Board, measure: str, period: Period, *, by_days: bool = False) -> MeasureRead:
    codes = board.codes_of(measure)
    found = statistics.totals(measure, period.first, period.last, codes)
    cells = tuple((row.codes, Amount(row.count, row.total)) for row in found)
    if not by_days:
        return MeasureRead(cells)
    days = statistics.by_day(measure, period.first, period.last)
    return MeasureRead(cells, {row.day: Amount(row.count, row.total) for row in days})
