"""The pictures of a board, by the one drawer of charts, in the colours of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from balise.foundation.statistics.boards import Form
from balise.foundation.statistics.quantities import Quantity
from balise.steering.boards.rules.readings import CodeRow, DayPoint, Reading
from balise.steering.boards.rules.sentences import step_words
from balise.steering.indicators.rules.sentences import value_words
from balise.steering.indicators.rules.values import Compared, Lack, Stepped
from balise.steering.rules.drawing.bars import named_bars
from balise.steering.rules.drawing.columns import columns, lines
from balise.steering.rules.drawing.multiples import Drawn, multiples
from balise.steering.rules.drawing.shapes import Picture
from balise.steering.rules.drawing.svg import OF_THE_PAGE, as_svg
from balise.steering.rules.leaving import Cell, CellState, TableRow
from balise.steering.rules.periods import Period, title

# In points: the page shows them about a third larger, so that ten points are 13 pixels.
_SIZES: Final = {"wide": (640.0, 190.0), "narrow": (240.0, 165.0)}
_BARS: Final = 300.0
_SMALL: Final = 190.0
_MOST_COLUMNS: Final = 13  # steps; more are a line


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a figure, and a narrow one where one is not for any width: one is shown."""

    wide: SafeString
    narrow: SafeString | None = None


def of_reading(
    reading: Reading, *, period: Period, before: Period | None, says: str
) -> Drawing | None:
    """Return the picture of a board's figure: a series has two, bars have one for any width.

    None where there is nothing to draw. `says` is read where the picture is not seen.
    """
    if not (reading.number or reading.before):
        return None
    name, head = reading.figure.code, str(reading.figure.title)
    heads = (title(period), *([title(before)] if before else []))
    match reading.figure.form:
        case Form.DAYS if len(reading.points) > 1:
            return _series(_of_points(reading, heads), name=name, head=head, says=says)
        case Form.CODES | Form.SPANS:
            whole = Decimal(reading.number or 0)
            drawn = named_bars(_of_codes(reading, heads), _language(), _BARS, whole=whole)
            return Drawing(_svg(drawn, name=name, head=head, says=says))
    return None


def of_steps(found: Compared, *, head: str, says: str) -> Drawing | None:
    """Return the picture of an indicator's steps; None of one step, or where none has a number."""
    if not _is_series(found):
        return None
    before = found.before
    rows = tuple(
        _step_row(found, step, beside)
        for step, beside in zip_longest(found.now.steps, before.steps if before else ())
        if step
    )
    heads = (title(found.now.period), *([title(before.period)] if before else []))
    drawn = Drawn(rows=rows, heads=heads, breaks=found.now.breaks, is_percent=found.now.is_share)
    return _series(drawn, name=found.now.indicator.code, head=head, says=says)


def small(found: Compared, *, head: str, says: str) -> SafeString | None:
    """Return the steps of an indicator as a small picture under its number, on its own scale."""
    if not _is_series(found):
        return None
    steps = found.now.steps
    row = TableRow(
        found.now.indicator.code,
        {_language(): value_words(found.now)},
        tuple(_cell(step.quantity, step.gap) for step in steps),
        found.now.days if found.now.is_partial else None,
    )
    heads = tuple(formats.date_format(step.period.first, "N Y") for step in steps)
    drawn = multiples(
        Drawn(rows=(row,), heads=heads, is_percent=found.now.is_share), _language(), _SMALL, 0
    )
    return _svg(drawn, name=f"small-{found.now.indicator.code}", head=head, says=says)


def _series(drawn: Drawn, *, name: str, head: str, says: str) -> Drawing:
    draw: Callable[[Drawn, str, float, float], Picture]
    draw = columns if len(drawn.rows) <= _MOST_COLUMNS else lines
    wide, narrow = (
        _svg(draw(drawn, _language(), *size), name=f"{name}-{way}", head=head, says=says)
        for way, size in _SIZES.items()
    )
    return Drawing(wide, narrow)


def _svg(drawn: Picture, *, name: str, head: str, says: str) -> SafeString:
    svg = as_svg(drawn, OF_THE_PAGE, name=name, title=head, describes=says)
    return mark_safe(svg)  # noqa: S308 - our own drawer's, its words escaped


def _is_series(found: Compared) -> bool:
    steps = found.now.steps
    return len(steps) > 1 and any(step.quantity for step in steps)


def _step_row(found: Compared, step: Stepped, beside: Stepped | None) -> TableRow:
    """Return a step with the one that it stands beside; how many of its days are over."""
    cells = [_cell(step.quantity, step.gap)]
    if found.before:
        cells.append(_cell(beside.quantity, beside.gap) if beside else Cell(CellState.NOTHING))
    over = found.now.days - (step.period.first - found.now.period.first).days
    days = over if 0 < over < step.period.day_count else None
    return TableRow(
        step.period.first.isoformat(), {_language(): title(step.period)}, tuple(cells), days
    )


def _of_points(reading: Reading, heads: tuple[str, ...]) -> Drawn:
    rows = [
        TableRow(
            point.day.isoformat(), {_language(): step_words(reading, at)}, _cells(point, heads)
        )
        for at, point in enumerate(reading.points)
    ]
    return Drawn(rows=tuple(rows), heads=heads)


def _of_codes(reading: Reading, heads: tuple[str, ...]) -> Drawn:
    rows = [
        TableRow(row.code or "none", {_language(): row.label}, _cells(row, heads))
        for row in reading.rows
        if row.number or row.before or row.code
    ]
    return Drawn(rows=tuple(rows), heads=heads)


def _cells(one: CodeRow | DayPoint, heads: tuple[str, ...]) -> tuple[Cell, ...]:
    numbers = (one.number, one.before)[: len(heads)]
    return tuple(
        Cell(CellState.NOT_COUNTED) if number is None else Cell(CellState.SHOWN, Decimal(number))
        for number in numbers
    )


def _cell(quantity: Quantity | None, gap: Lack | None) -> Cell:
    """Return a number with its bound; of a step that is to come, nothing."""
    if quantity is None:
        return Cell(CellState.NOTHING if gap is Lack.NOT_YET else CellState.NOT_COUNTED)
    return Cell(CellState.SHOWN, quantity.value, quantity.bound)


def _language() -> str:
    return (get_language() or "en")[:2]
