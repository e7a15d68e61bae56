"""The figures of a board, with those of a year before, ready to be written or drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from balise.foundation.statistics.boards import Board, Figure, Form, label_of
from balise.foundation.statistics.rules import Coverage, Gap, Span
from balise.steering.rules.periods import Period
from balise.steering.rules.spans import BANDS, Spans, read_spans

LONGEST_BY_DAY = 92  # days; a longer period is told by month
ALWAYS: Final = Span(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Amount:
    """How often, and the sum of the amounts."""

    count: int = 0
    total: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.count + other.count, self.total + other.total)

    def of(self, figure: Figure) -> int:
        """Return the number that a figure tells."""
        return self.total if figure.sums else self.count


type Codes = Mapping[str, str]
type Cells = tuple[tuple[Codes, Amount], ...]


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """What the tallies of one measure say of one period: by codes, and by day if it was asked."""

    cells: Cells = ()
    days: Mapping[date, Amount] | None = None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a breakdown: its words, its number, that of a year before; None: not counted."""

    code: str
    label: str
    number: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One step of a series: the day it begins, its number, that of the same step a year before.

    A number is None where the step was not counted.
    """

    day: date
    number: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure: its headline, and its rows, its days or its spans.

    A number is None where not all of its days were counted and it would be zero; `gaps` says why,
    `span` which days were counted.
    """

    figure: Figure
    number: int | None
    before: int | None
    rows: tuple[CodeRow, ...] = ()
    points: tuple[DayPoint, ...] = ()
    by_month: bool = False
    spans: Spans | None = None
    spans_before: Spans | None = None
    span: Span = ALWAYS
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardReading:
    """All the figures of a board for one period, beside the period a year before."""

    board: Board
    period: Period
    before: Period
    readings: tuple[Reading, ...]
    coverage: Coverage

    @property
    def is_compared(self) -> bool:
        """Return whether anything was counted a year before: a new centre compares nothing."""
        return any(reading.before for reading in self.readings)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was counted, neither in the period nor a year before."""
        return not any(reading.number or reading.before for reading in self.readings)


def reading(
    figure: Figure,
    now: MeasureRead,
    before: MeasureRead,
    *,
    period: Period,
    year_before: Period,
    span: Span = ALWAYS,
) -> Reading:
    """Return what a figure says, from what was read of its measure in both periods.

    `span` has the days that its measure counted.
    """
    gap = span.gap(period.first, period.last)
    gap_before = span.gap(year_before.first, year_before.last)
    number = told(_sum(now.cells).of(figure), gap)
    number_before = told(_sum(before.cells).of(figure), gap_before)
    points: tuple[DayPoint, ...] = ()
    rows: tuple[CodeRow, ...] = ()
    by_month = False
    if figure.form is Form.DAYS:
        by_month = period.day_count > LONGEST_BY_DAY
        points = _points(figure, now, before, period, year_before, span, by_month=by_month)
    elif figure.by:
        rows = code_rows(figure, now.cells, before.cells, gap=gap, gap_before=gap_before)
    is_banded = figure.form is Form.SPANS
    shown = [(number, number_before)]
    shown += [(one.number, one.before) for one in points]
    shown += [(one.number, one.before) for one in rows]
    gaps = (
        gap if any(one is None for one, _beside in shown) else None,
        gap_before if any(beside is None for _one, beside in shown) else None,
    )
    return Reading(
        figure,
        number,
        number_before,
        rows=rows,
        points=points,
        by_month=by_month,
        spans=_spans(figure, now.cells) if is_banded else None,
        spans_before=_spans(figure, before.cells) if is_banded else None,
        span=span,
        gaps=tuple(dict.fromkeys(each for each in gaps if each is not None)),
    )


def told(number: int, gap: Gap | None) -> int | None:
    """Return a number, or None for a zero of days that were not all counted."""
    return None if gap is not None and number == 0 else number


def code_rows(
    figure: Figure,
    now: Cells,
    before: Cells,
    *,
    gap: Gap | None = None,
    gap_before: Gap | None = None,
) -> tuple[CodeRow, ...]:
    """Return the rows of a breakdown: every code the line has words for, and those it has not.

    The largest first, unless the figure's codes have an order of their own; unknown codes and
    what was not given come last. A gap turns a zero into what was not counted.
    """
    labels: Mapping[str, object] = BANDS if figure.form is Form.SPANS else figure.labels()
    numbers, numbers_before = _by_code(figure, now), _by_code(figure, before)
    codes = [*labels, *sorted({*numbers, *numbers_before} - set(labels), key=lambda code: not code)]
    rows = [
        CodeRow(
            code,
            label_of(code, labels),
            told(numbers.get(code, 0), gap),
            told(numbers_before.get(code, 0), gap_before),
        )
        for code in codes
    ]
    if figure.in_given_order or figure.form is Form.SPANS:
        return tuple(rows)
    return tuple(
        sorted(rows, key=lambda row: (row.code == "", -(row.number or 0), -(row.before or 0)))
    )


def _by_code(figure: Figure, cells: Cells) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for codes, amount in cells:
        code = codes.get(figure.by, "")
        numbers[code] = numbers.get(code, 0) + amount.of(figure)
    return numbers


def _spans(figure: Figure, cells: Cells) -> Spans | None:
    return read_spans(_by_code(figure, cells), seconds=_sum(cells).total)


def _sum(cells: Cells) -> Amount:
    return sum((amount for _codes, amount in cells), Amount())


def _points(
    figure: Figure,
    now: MeasureRead,
    before: MeasureRead,
    period: Period,
    year_before: Period,
    span: Span,
    *,
    by_month: bool,
) -> tuple[DayPoint, ...]:
    series = _series(figure, now, period, span, by_month=by_month)
    beside = _series(figure, before, year_before, span, by_month=by_month)
    # A leap day has no day beside it: step by step, the first with the first.
    beside += [(period.last, None)] * (len(series) - len(beside))
    return tuple(
        DayPoint(day, number, beside_number)
        for (day, number), (_day, beside_number) in zip(series, beside, strict=False)
    )


def _series(
    figure: Figure, read: MeasureRead, period: Period, span: Span, *, by_month: bool
) -> list[tuple[date, int | None]]:
    known = read.days or {}
    nothing = Amount()
    days = [
        (day, told(known.get(day, nothing).of(figure), span.gap(day, day))) for day in period.days()
    ]
    if not by_month:
        return days
    months = groupby(days, key=lambda pair: pair[0].replace(day=1))
    return [(month, added_up([number for _day, number in pairs])) for month, pairs in months]


def added_up(numbers: Sequence[int | None]) -> int | None:
    """Return the sum of what was counted; None where that is zero and some was not counted."""
    known = [number for number in numbers if number is not None]
    whole = sum(known)
    return None if not whole and len(known) < len(numbers) else whole
