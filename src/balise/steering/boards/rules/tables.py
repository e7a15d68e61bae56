"""The table beside each picture: the same figures, to be read, read aloud or copied."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _, pgettext

from balise.foundation.statistics.boards import Form
from balise.steering.boards.rules.readings import DayPoint, Reading, added_up
from balise.steering.boards.rules.sentences import change_words
from balise.steering.rules.numbers import number_words, percent_words
from balise.steering.rules.periods import day_words, month_words

LONGEST_BY_DAY = 62  # rows; a longer series is told by month


@dataclass(frozen=True, slots=True)
class Table:
    """A table's column heads, and its rows: a head and its cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def headed_rows(self) -> list[list[tuple[str, str]]]:
        """Return the rows with each cell beside its column's head, for narrow screens."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def table_of(reading: Reading, *, is_compared: bool) -> Table | None:
    """Return a figure's table, or None for a single number.

    The columns of the year before are there where there is something to compare.
    """
    match reading.figure.form:
        case Form.NUMBER:
            return None
        case Form.DAYS:
            return _first_columns(_of_points(reading), 3 if is_compared else 2)
        case Form.CODES | Form.SPANS:
            return _first_columns(_of_rows(reading), 5 if is_compared else 3)


def _first_columns(table: Table, count: int) -> Table:
    return Table(table.heads[:count], tuple(row[:count] for row in table.rows))


def _of_points(reading: Reading) -> Table:
    by_month = reading.by_month or len(reading.points) > LONGEST_BY_DAY
    steps = (
        [_month(list(points)) for _key, points in groupby(reading.points, key=_month_of)]
        if by_month
        else [(day_words(point.day), point.number, point.before) for point in reading.points]
    )
    return Table(
        heads=(_("Month") if by_month else _("Day"), _("Number"), _("One year earlier")),
        rows=tuple(
            (words, number_words(number), number_words(before)) for words, number, before in steps
        ),
    )


def _of_rows(reading: Reading) -> Table:
    first = _("Time") if reading.figure.form is Form.SPANS else _("Kind")
    return Table(
        heads=(
            first,
            _("Number"),
            _("Share"),
            _("One year earlier"),
            pgettext("figures", "Change"),
        ),
        rows=tuple(
            (
                row.label,
                number_words(row.number),
                percent_words(row.number, reading.number),
                number_words(row.before),
                change_words(row.number, row.before),
            )
            for row in reading.rows
        ),
    )


def _month_of(point: DayPoint) -> tuple[int, int]:
    return point.day.year, point.day.month


def _month(points: list[DayPoint]) -> tuple[str, int | None, int | None]:
    return (
        month_words(points[0].day),
        added_up([point.number for point in points]),
        added_up([point.before for point in points]),
    )
