"""The sentence that goes with each figure, computed: a chart is never the only one to say it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _, ngettext, pgettext

from balise.foundation.moments import day_words
from balise.foundation.statistics.boards import Form
from balise.foundation.statistics.rules import Coverage, Gap, Span
from balise.steering.boards.rules.readings import DayPoint, Reading, added_up
from balise.steering.rules.leaving import NOT_COUNTED, number_words, percent_words, rounded
from balise.steering.rules.periods import Period, month_words, than_when, when
from balise.steering.rules.spans import Spans, duration_words, within

# Under this many a year before, a percentage says more than is known.
FEWEST_FOR_PERCENT = 20


def counted(reading: Reading, number: int) -> str:
    """Return a number with the figure's noun, as “1,240 reports”."""
    return str(reading.figure.counted % {"count": number, "many": number_words(number)})


def headline(reading: Reading, *, period: Period, before: Period | None) -> str:
    """Return the figure in one sentence, beside that of a year before, if there is one.

    The change is a percentage only where the year before had at least FEWEST_FOR_PERCENT.
    """
    if reading.number is None:
        return _("Not counted %(when)s.") % {"when": when(period)}
    said = {"counted": counted(reading, reading.number), "when": when(period)}
    if before is None or reading.before is None:
        return _("%(counted)s %(when)s.") % said
    said |= {
        "before": number_words(reading.before),
        "when_before": when(before),
        "than": than_when(before),
    }
    if reading.before < FEWEST_FOR_PERCENT:
        return _("%(counted)s %(when)s; %(before)s %(when_before)s.") % said
    change = rounded((reading.number - reading.before) / reading.before * 100)
    if change == 0:
        return _("%(counted)s %(when)s, about as many as %(when_before)s.") % said
    said["percent"] = percent_words(abs(change), 100)
    if change > 0:
        return _("%(counted)s %(when)s, %(percent)s more %(than)s.") % said
    return _("%(counted)s %(when)s, %(percent)s fewer %(than)s.") % said


def change_words(number: int | None, before: int | None) -> str:
    """Return the change beside a number, as “+12%” or “+4”, never as an arrow alone."""
    if number is None or before is None:
        return NOT_COUNTED
    difference = number - before
    if difference == 0:
        return pgettext("change", "no change")
    sign = "+" if difference > 0 else "−"
    if before < FEWEST_FOR_PERCENT:
        return f"{sign}{number_words(abs(difference))}"
    return f"{sign}{percent_words(abs(difference), before)}"


def details(reading: Reading) -> list[str]:
    """Return further sentences about a figure; none where nothing was counted."""
    return [*_details(reading), *gap_words(reading)]


def gap_words(reading: Reading) -> list[str]:
    """Return why some numbers of a figure were not counted, a sentence for each reason."""
    return [_gap_words(gap, reading.span) for gap in reading.gaps]


def until_words(moment: datetime | None) -> str:
    """Return until when a line counted, as “Counted until 27 November 2026, 12:08”."""
    if moment is None:
        return _("No data yet")
    return _("Counted until %(day)s, %(time)s") % _moment(moment)


def waiting_words(coverage: Coverage) -> str:
    """Return how many facts wait to be counted and since when; empty where none does."""
    if coverage.oldest is None:
        return ""
    words = ngettext(
        "%(many)s fact not counted, since %(day)s, %(time)s.",
        "%(many)s facts not counted, the oldest since %(day)s, %(time)s.",
        coverage.waiting,
    )
    return words % {"many": number_words(coverage.waiting), **_moment(coverage.oldest)}


def _moment(moment: datetime) -> dict[str, str]:
    return {"day": day_words(moment.date()), "time": formats.time_format(moment, "TIME_FORMAT")}


def _gap_words(gap: Gap, span: Span) -> str:
    day = {"day": day_words(span.first)}
    match gap:
        case Gap.BEFORE_THE_CENTRE:
            return _("“–”: not counted. The first facts of this centre are of %(day)s.") % day
        case Gap.BEFORE_THE_MEASURE:
            return _("“–”: not counted. This has been counted since %(day)s.") % day
        case Gap.NOT_YET:
            return _("“–”: not counted yet.")


def _details(reading: Reading) -> list[str]:
    if not reading.number:
        return []
    match reading.figure.form:
        case Form.NUMBER:
            return []
        case Form.DAYS:
            return [_busiest(reading)] if len(reading.points) > 1 else []
        case Form.CODES:
            return _leading(reading)
        case Form.SPANS:
            return _how_long(reading)


def step_words(reading: Reading, index: int) -> str:
    """Return the name of a step of a series: a day or a month."""
    day = reading.points[index].day
    return month_words(day) if reading.by_month else day_words(day)


def _busiest(reading: Reading) -> str:
    index = max(range(len(reading.points)), key=lambda at: reading.points[at].number or 0)
    said = {
        "step": step_words(reading, index),
        "number": number_words(reading.points[index].number),
    }
    if reading.by_month:
        return _("The busiest month: %(step)s, with %(number)s.") % said
    return _("The busiest day: %(step)s, with %(number)s.") % said


def _leading(reading: Reading) -> list[str]:
    most = max((row.number or 0 for row in reading.rows if row.code), default=0)
    leading = [row for row in reading.rows if row.code and row.number == most]
    if not most or len(leading) > 1:
        return []
    [first] = leading
    said = {
        "label": first.label,
        "number": number_words(first.number),
        "percent": percent_words(first.number, reading.number),
    }
    return [_("The most frequent: %(label)s, with %(number)s (%(percent)s).") % said]


def _how_long(reading: Reading) -> list[str]:
    spans = reading.spans
    if spans is None:
        return []
    words = [
        _("Median %(half)s; nine in ten %(nine_in_ten)s.")
        % {"half": within(spans.half), "nine_in_ten": within(spans.nine_in_ten)},
        _("%(percent)s within 24 hours.") % {"percent": _under_a_day(spans)},
    ]
    mean = {"mean": duration_words(spans.mean_seconds)}
    if reading.spans_before:
        mean["before"] = duration_words(reading.spans_before.mean_seconds)
        return [*words, _("On average %(mean)s; one year earlier, %(before)s.") % mean]
    return [*words, _("On average %(mean)s.") % mean]


def _under_a_day(spans: Spans) -> str:
    return percent_words(spans.under_a_day, spans.count)


# The table beside each picture: the same figures, to be read, read aloud or copied.


LONGEST_BY_DAY = 62  # rows; a longer series is told by month


@dataclass(frozen=True, slots=True)
class Table:
    """A table's column heads, and its rows: a head and its cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def body(self) -> str:
        """Return its rows as HTML, each cell with its column's head, for narrow screens.

        A board has hundreds of cells: a loop of the template takes five times as long.
        """
        _first, *heads = (
            format_html('<td class="number" data-label="{}">', head) for head in self.heads
        )
        rows = (
            (label, format_html_join("", "{}{}</td>", zip(heads, cells, strict=True)))
            for label, *cells in self.rows
        )
        return format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', rows)


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
