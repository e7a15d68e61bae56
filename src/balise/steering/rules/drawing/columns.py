"""Columns over time: beside what they are compared with, or in parts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from django.utils.formats import date_format

from balise.steering.rules.drawing.multiples import (
    GAP,
    Drawn,
    Plot,
    days_of,
    first_day,
    label_of,
    labelled,
    mark_of,
    place_of,
    scale,
    shown,
)
from balise.steering.rules.drawing.shapes import (
    Bar,
    Box,
    Dot,
    Fill,
    Line,
    Picture,
    Rule,
    Shape,
    Stroke,
    Words,
    cut,
    picture,
    width_of,
)
from balise.steering.rules.leaving import TableRow, cell_words, decimal_words

LEFT, RIGHT, BOTTOM, TOP = 56.0, 8.0, 34.0, 22.0
KEY: Final = 16.0  # the height of a key's line
BREAK_LINE: Final = 13.0  # the height of a break's name
BOX: Final = 14.0
_AXIS: Final = 10
_MONTH: Final = 31  # days
_FEBRUARY: Final = 28
_LABEL: Final = 11
INSIDE: Final = 13.0  # the least height of a part that holds its number
PARTS: Final = (Fill.DARK, Fill.TINT, Fill.GREY, Fill.WHITE)


def plot_of(drawn: Drawn, width: float, height: float) -> Plot:
    """Return the plot of columns in a picture of this size."""
    rows = drawn.rows
    if drawn.is_stacked:
        values = [sum(shown(row.cells), Decimal()) for row in rows]
    else:
        values = [value for row in rows for value in shown(row.cells)]
    most, step = scale(values, is_percent=drawn.is_percent)
    top = top_of(drawn, width) + BREAK_LINE * len(drawn.breaks)
    return Plot(LEFT, top, width - LEFT - RIGHT, height - top - BOTTOM, most, step)


def columns(drawn: Drawn, language: str, width: float, height: float) -> Picture:
    """Return columns with their axis, labels and marks."""
    plot = plot_of(drawn, width, height)
    bars = _stacked(drawn, plot) if drawn.is_stacked else _grouped(drawn, plot)
    shapes = (*axis(drawn, plot), *bars, *marks(drawn, plot, language))
    named = key(drawn.heads, PARTS, width) if len(drawn.heads) > 1 else ()
    return picture(width, height, (*shapes, *steps(drawn, plot, language), *named))


def top_of(drawn: Drawn, width: float) -> float:
    """Return what stands over the plot, without the names of breaks: a label, a key."""
    if len(drawn.heads) <= 1:
        return TOP
    lines = {one.y for one in key(drawn.heads, PARTS, width) if isinstance(one, Bar)}
    return TOP + KEY * len(lines)


def key(
    names: Sequence[str], fills: Sequence[Fill], width: float, x: float = 0.0, y: float = 0.0
) -> Iterator[Shape]:
    """Yield a swatch and a name for each fill, on as many lines as it takes."""
    left = x
    for name, fill in zip(names, fills, strict=False):
        wide = width_of(name, _AXIS) + 26
        if x > left and x + wide > width:
            x, y = left, y + KEY
        yield Bar(x, y + 1, 10, 10, fill)
        yield Words(x + 15, y + 10, cut(name, _AXIS, width - left - 15), _AXIS)
        x += wide


def marks(drawn: Drawn, plot: Plot, language: str) -> Iterator[Shape]:
    """Yield what a native chart has not: breaks, and boxes for what is not shown."""
    rows = drawn.rows
    band = plot.width / len(rows)
    for at, row in enumerate(rows):
        if drawn.is_stacked:
            tops = sum(shown(row.cells), Decimal())
            hidden = next((mark_of(cell) for cell in row.cells if mark_of(cell)), "")
            if hidden:
                wide = band / (1 + GAP)
                left = plot.left + band * at + (band - wide) / 2
                yield Box(left, plot.y(tops) - BOX, wide, BOX, hidden)
            continue
        for head, cell in enumerate(row.cells):
            if words := mark_of(cell):
                left, wide = slot(plot, len(rows), len(row.cells), at, head)
                yield Box(left, plot.bottom - BOX, wide, BOX, words)
    yield from _days(drawn, plot)
    yield from breaks(drawn, plot, language)


def breaks(drawn: Drawn, plot: Plot, language: str) -> Iterator[Shape]:
    """Yield a dashed line and a name for each break of the series, on the day that it is of."""
    band = plot.width / len(drawn.rows)
    for nth, one in enumerate(drawn.breaks):
        place = place_of(one.on, drawn.rows)
        if place is None:
            continue
        x = plot.left + place * band
        y = top_of(drawn, plot.right + RIGHT) + BREAK_LINE * nth - 8
        yield Rule(x, y - 4, x, plot.bottom, Stroke.BREAK)
        name = one.name.get(language, "")
        room_after = plot.right - x
        if width_of(name, _AXIS) <= room_after or room_after > plot.width / 2:
            text = cut(name, _AXIS, room_after - 5)
            yield Words(x + 4, y + 4, text, _AXIS, "start", is_bold=True)
        else:
            text = cut(name, _AXIS, x - plot.left - 5)
            yield Words(x - 4, y + 4, text, _AXIS, "end", is_bold=True)


def _days(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    band = plot.width / len(drawn.rows)
    for at, row in enumerate(drawn.rows):
        if days := days_of(row):
            most = plot.right + RIGHT - width_of(days, 9) / 2
            x = min(plot.left + band * (at + 0.5), most)
            yield Words(x, plot.bottom + 27, days, 9, "middle", is_soft=True)


def slot(plot: Plot, rows: int, heads: int, at: int, head: int) -> tuple[float, float]:
    """Return the left and the width of a column: the first head stands last in its group."""
    band = plot.width / rows
    wide = band / (heads + GAP)
    left = plot.left + band * at + wide * GAP / 2
    return left + wide * (heads - 1 - head), wide


def fill_of(drawn: Drawn, row: TableRow, head: int) -> Fill:
    """Return how a column is filled: hatched where estimated, or its step was not over."""
    is_partial = row.days is not None or drawn.is_estimated
    if head == 0:
        return Fill.HATCHED if is_partial else Fill.DARK
    return Fill.TINT


def names_of(drawn: Drawn, plot: Plot, language: str) -> tuple[str, ...]:
    """Return the names of steps: their labels, or short ones of their days where those are long."""
    rows = drawn.rows
    names = tuple(label_of(row, language, folded=drawn.folded) for row in rows)
    starts = [day for row in rows if (day := first_day(row.code))]
    is_long = max(width_of(name, _AXIS) for name in names) > plot.width / len(rows)
    if not is_long or len(starts) < len(rows) or len(starts) <= 1:
        return names
    step = (starts[-1] - starts[-2]).days
    if step > _MONTH:
        return tuple(str(day.year) for day in starts)
    if step < _FEBRUARY:
        return tuple(date_format(day, "j N") for day in starts)
    many = starts[0].year != starts[-1].year
    return tuple(
        date_format(day, "N Y" if many and (at == 0 or day.month == 1) else "N")
        for at, day in enumerate(starts)
    )


def labels(drawn: Drawn, plot: Plot) -> frozenset[tuple[int, int]]:
    """Return which columns (row, head) have their number above them: fewer where it is narrow."""
    wide = plot.width / len(drawn.rows) / len(drawn.heads)
    words = [cell_words(row.cells[0], is_percent=drawn.is_percent) for row in drawn.rows]
    is_crowded = max(width_of(one, _AXIS) for one in words) + 4 > wide
    return labelled(drawn.rows, len(drawn.heads), is_crowded=is_crowded)


def axis(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    """Yield the lines of a scale and the numbers beside them."""
    for tick in plot.ticks():
        y = plot.y(tick)
        stroke = Stroke.GRID if tick else Stroke.AXIS
        yield Rule(plot.left, y, plot.right, y, stroke)
        words = decimal_words(Decimal(repr(tick)), is_percent=drawn.is_percent)
        yield Words(plot.left - 6, y + 3.5, words, _AXIS, "end", is_soft=True)


def _grouped(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    rows, chosen = drawn.rows, labels(drawn, plot)
    heads = len(drawn.heads)
    for at, row in enumerate(rows):
        for head, cell in enumerate(row.cells):
            if cell.value is None:
                continue
            left, wide = slot(plot, len(rows), heads, at, head)
            top = plot.y(cell.value)
            if cell.value:
                yield Bar(left, top, wide, plot.bottom - top, fill_of(drawn, row, head))
            if (at, head) in chosen or not cell.value:
                words = cell_words(cell, is_percent=drawn.is_percent)
                size = _LABEL if wide > width_of(words, _LABEL) * 0.7 else _AXIS
                yield Words(
                    min(left + wide / 2, plot.right + RIGHT - width_of(words, size) / 2),
                    top - 4,
                    words,
                    size,
                    "middle",
                    is_bold=head == 0,
                )


def _stacked(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    rows = drawn.rows
    band = plot.width / len(rows)
    wide = band / (1 + GAP)
    for at, row in enumerate(rows):
        left = plot.left + band * at + (band - wide) / 2
        base = Decimal()
        for head, cell in enumerate(row.cells):
            if not cell.value:
                continue
            top, bottom = plot.y(base + cell.value), plot.y(base)
            yield Bar(left, top, wide, bottom - top, part_fill(drawn, row, head))
            base += cell.value
            words = cell_words(cell, is_percent=drawn.is_percent)
            if bottom - top >= INSIDE and width_of(words, _AXIS) <= wide:
                middle = (top + bottom) / 2 + 3.5
                fill = part_fill(drawn, row, head)
                yield Words(
                    *(left + wide / 2, middle, words, _AXIS, "middle"),
                    is_white=fill is Fill.DARK,
                    on_hatching=fill is Fill.LIGHT_HATCHED,
                )


def part_fill(drawn: Drawn, row: TableRow, head: int) -> Fill:
    """Return how a part of a column is filled."""
    is_partial = row.days is not None or drawn.is_estimated
    return Fill.LIGHT_HATCHED if head == 0 and is_partial else PARTS[head]


def steps(drawn: Drawn, plot: Plot, language: str) -> Iterator[Shape]:
    """Yield the names of steps under them, as many as there is room for."""
    rows = drawn.rows
    band = plot.width / len(rows)
    names = names_of(drawn, plot, language)
    is_time = all(first_day(row.code) for row in rows)
    every = _every(names, band, most=plot.width if is_time else band * 3)
    for at, name in enumerate(names):
        if at % every == 0:
            text = cut(name, _AXIS, band * every)
            middle = min(
                plot.left + band * (at + 0.5), plot.right + RIGHT - width_of(text, _AXIS) / 2
            )
            yield Words(middle, plot.bottom + 14, text, _AXIS, "middle")


def _every(names: Sequence[str], band: float, *, most: float) -> int:
    """Return how many steps lie between two that are named, so that names do not touch."""
    widest = min(max(width_of(name, _AXIS) for name in names), most)
    every = 1
    while band * every < widest and every < len(names):
        every += 1
    return every


# A series of many steps as a line, and what it is compared with as a dashed one.


_STROKES: Final = (Stroke.SERIES, Stroke.BESIDE)
_SAMPLE: Final = 22.0  # the length of a key's line
_NAME: Final = 10
_BOX: Final = 14.0


def lines(drawn: Drawn, language: str, width: float, height: float) -> Picture:
    """Return a line for each head: it breaks off where nothing was counted.

    A step that is not over ends it in a hollow point.
    """
    plot = plot_of(drawn, width, height)
    shapes = [*axis(drawn, plot), *breaks(drawn, plot, language)]
    for head in reversed(range(len(drawn.heads))):
        shapes += _series(drawn, plot, head)
    shapes += _gaps(drawn, plot)
    shapes += _labels(drawn, plot)
    named = _key(drawn.heads, width) if len(drawn.heads) > 1 else ()
    return picture(width, height, (*shapes, *steps(drawn, plot, language), *named))


def _series(drawn: Drawn, plot: Plot, head: int) -> Iterator[Shape]:
    for run in _runs(drawn, head):
        points = tuple(
            (_x(drawn, plot, at), plot.y(drawn.rows[at].cells[head].value or 0)) for at in run
        )
        if len(points) > 1:
            yield Line(points, _STROKES[head])
        else:
            yield Dot(*points[0], 2.5, Fill.TINT if head else Fill.DARK)
        if head == 0 and drawn.rows[run[-1]].days is not None:
            yield Dot(*points[-1], 3.5, Fill.WHITE)


def _runs(drawn: Drawn, head: int) -> Iterator[Sequence[int]]:
    """Yield the numbers of the steps that were counted one after another."""
    every = range(len(drawn.rows))
    for is_known, run in groupby(every, lambda at: drawn.rows[at].cells[head].value is not None):
        if is_known:
            yield list(run)


def _gaps(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    """Yield a box under each run of steps that have no number now."""
    band = plot.width / len(drawn.rows)
    every = range(len(drawn.rows))
    for words, run in groupby(every, lambda at: mark_of(drawn.rows[at].cells[0])):
        if words:
            steps_of = list(run)
            left = plot.left + band * steps_of[0]
            wide = max(_BOX, band * len(steps_of))
            yield Box(min(left, plot.right - wide), plot.bottom - BOX, wide, BOX, words)


def _labels(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    """Yield the numbers of the highest, the lowest and the last step: those a line is read by."""
    placed: list[tuple[float, float]] = []
    chosen = [(at, head) for at, head in labelled(drawn.rows, len(drawn.heads)) if head == 0]
    for at, _head in sorted(chosen, key=lambda one: -(drawn.rows[one[0]].cells[0].value or 0)):
        cell = drawn.rows[at].cells[0]
        if cell.value is None:
            continue
        words = cell_words(cell, is_percent=drawn.is_percent)
        half = width_of(words, _LABEL) / 2
        middle = min(max(_x(drawn, plot, at), plot.left + half), plot.right - half)
        if all(abs(middle - other) > half + half_of for other, half_of in placed):
            placed.append((middle, half))
            y = plot.y(cell.value) + (14 if _is_low(drawn, at) else -6)
            y = min(y, plot.bottom - 4)
            yield Words(middle, y, words, _LABEL, "middle", is_bold=True)


def _is_low(drawn: Drawn, at: int) -> bool:
    """Return whether the steps on both sides are not below this one, so that there is room."""
    value = drawn.rows[at].cells[0].value or 0
    beside = [row.cells[0].value for row in drawn.rows[max(0, at - 1) : at + 2]]
    return len(beside) > 2 and all(one is None or one >= value for one in beside)  # noqa: PLR2004


def _key(heads: Sequence[str], width: float) -> Iterator[Shape]:
    """Yield a sample and a name for each line, on as many rows as the key of columns takes."""
    x = y = 0.0
    for name, stroke in zip(heads, _STROKES, strict=False):
        wide = width_of(name, _NAME) + _SAMPLE + 16
        if x and x + wide > width:
            x, y = 0.0, y + KEY
        yield Rule(x, y + 6, x + _SAMPLE, y + 6, stroke)
        yield Words(x + _SAMPLE + 5, y + 10, cut(name, _NAME, width - _SAMPLE - 5), _NAME)
        x += wide


def _x(drawn: Drawn, plot: Plot, at: int) -> float:
    return plot.left + plot.width / len(drawn.rows) * (at + 0.5)
