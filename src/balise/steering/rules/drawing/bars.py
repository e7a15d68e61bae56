"""Bars of categories, of the steps of a funnel, and of the parts of a whole."""

from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap
from typing import Final

from balise.steering.rules.drawing.columns import KEY, PARTS, key
from balise.steering.rules.drawing.multiples import (
    BAR_GAP,
    OTHER,
    Drawn,
    Plot,
    label_of,
    mark_of,
    rates,
    scale,
    shown,
)
from balise.steering.rules.drawing.shapes import (
    WIDTH_OF_A_LETTER,
    Bar,
    Box,
    Fill,
    Picture,
    Rule,
    Shape,
    Stroke,
    Words,
    cut,
    picture,
    width_of,
)
from balise.steering.rules.leaving import TableRow, bounded, cell_words, decimal_words

_LABEL: Final = 11
_MOST_NAME: Final = 0.36  # of the width
_NAME_LINE: Final = 12.0
_BOX: Final = 26.0
_TALLEST: Final = 26.0  # a bar
_STACK: Final = 34.0
_SMALL: Final = 10


def plot_of(drawn: Drawn, language: str, width: float, height: float) -> Plot:
    """Return the plot of bars in a picture of this size, names on its left."""
    rows = drawn.rows
    names = max(width_of(label_of(row, language, folded=drawn.folded), _LABEL) for row in rows)
    left = min(names + 12, width * _MOST_NAME)
    words = max((width_of(text, _LABEL) for text in _all_words(drawn)), default=0)
    most, step = scale(
        [value for row in rows for value in shown(row.cells)], is_percent=drawn.is_percent
    )
    right = min(words + 12, width * 0.3)
    tall = len(rows) * _TALLEST * (len(drawn.heads) + BAR_GAP)
    top = KEY + 4 if len(drawn.heads) > 1 else 4.0
    return Plot(left, top, width - left - right, min(height - top - 4, tall), most, step)


def bars(drawn: Drawn, language: str, width: float, height: float) -> Picture:
    """Return horizontal bars with their names and numbers."""
    plot = plot_of(drawn, language, width, height)
    many = len(drawn.heads) > 1
    shapes = [
        *(key(drawn.heads, PARTS, width, plot.left) if many else ()),
        *_drawn(drawn, plot),
        *marks(drawn, plot),
        *_names(drawn, plot, language),
        Rule(plot.left, plot.top, plot.left, plot.bottom, Stroke.AXIS),
    ]
    return picture(width, plot.bottom + 4, shapes)


def marks(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    """Yield the boxes of what is not shown."""
    for at, row in enumerate(drawn.rows):
        for head, cell in enumerate(row.cells):
            if words := mark_of(cell):
                top, tall = lane(drawn, plot, at, head)
                yield Box(plot.left + 2, top, _BOX, min(tall, 16), words)


def lane(drawn: Drawn, plot: Plot, at: int, head: int) -> tuple[float, float]:
    """Return the top and the height of a bar: the first head is the upper one."""
    band = plot.height / len(drawn.rows)
    tall = band / (len(drawn.heads) + BAR_GAP)
    return plot.top + band * at + tall * BAR_GAP / 2 + tall * head, tall


def words_of(drawn: Drawn, at: int, head: int) -> str:
    """Return what stands beside a bar: its number, and its rate to the first step of a funnel."""
    row = drawn.rows[at]
    words = cell_words(row.cells[head], is_percent=drawn.is_percent)
    if not drawn.has_rates or head or not at:
        return words
    rate = rates(drawn.rows)[at]
    if rate is None:
        return words
    return f"{words} · {bounded(decimal_words(rate.value, is_percent=True), rate.bound)}"


def fill_of(drawn: Drawn, row: TableRow, head: int) -> Fill:
    """Return how a bar is filled."""
    if head or (row.code == OTHER and not drawn.folded):
        return Fill.TINT
    is_partial = row.days is not None or drawn.is_estimated
    return Fill.HATCHED if is_partial else Fill.DARK


def stack(drawn: Drawn, language: str, width: float, _height: float) -> Picture:
    """Return one bar of 100% for each column of the table, in its two to four parts.

    What is not shown stands in a box after the others: no width could tell how much it is.
    """
    rows = drawn.rows
    shapes: list[Shape] = []
    y = 4.0
    for head, name in enumerate(drawn.heads):
        if len(drawn.heads) > 1:
            shapes.append(Words(0, y + 9, name, _SMALL, is_soft=True))
            y += 14
        shapes.extend(_parts(drawn, head, width, y))
        y += _STACK + 10
    names = [label_of(row, language, folded=drawn.folded) for row in rows]
    named = list(key(names, PARTS, width, y=y))
    shapes += named
    lowest = max(one.y for one in named if isinstance(one, Words))
    return picture(width, lowest + 6, shapes)


def _parts(drawn: Drawn, head: int, width: float, y: float) -> Iterator[Shape]:
    cells = [row.cells[head] for row in drawn.rows]
    whole = float(sum(shown(cells), Decimal())) or 1.0
    hidden = [mark_of(cell) for cell in cells if mark_of(cell)]
    room = width - (_BOX + 6) * len(hidden)
    x = 0.0
    for at, cell in enumerate(cells):
        if not cell.value:
            continue
        wide = float(cell.value) / whole * room
        yield Bar(x, y, wide, _STACK, PARTS[at])
        words = cell_words(cell, is_percent=drawn.is_percent)
        if width_of(words, _LABEL) < wide - 4:
            middle = x + wide / 2
            yield Words(middle, y + 21, words, _LABEL, "middle", is_bold=True, is_white=at == 0)
        x += wide
    for nth, words in enumerate(hidden):
        yield Box(room + 6 + nth * (_BOX + 6), y, _BOX, _STACK, words)


def _drawn(drawn: Drawn, plot: Plot) -> Iterator[Shape]:
    for at, row in enumerate(drawn.rows):
        for head, cell in enumerate(row.cells):
            if cell.value is None:
                continue
            top, tall = lane(drawn, plot, at, head)
            end = plot.x(cell.value)
            if cell.value:
                fill = fill_of(drawn, row, head)
                yield Bar(plot.left, top, end - plot.left, tall, fill)
            words = words_of(drawn, at, head)
            y = top + tall / 2 + 4
            yield Words(end + 5, y, words, _LABEL if head == 0 else _SMALL, is_bold=head == 0)


def _names(drawn: Drawn, plot: Plot, language: str) -> Iterator[Shape]:
    """Yield the names beside bars, a long one on as many lines as its bars are high."""
    band = plot.height / len(drawn.rows)
    room = plot.left - 8
    most = max(1, int(band / _NAME_LINE))
    for at, row in enumerate(drawn.rows):
        name = label_of(row, language, folded=drawn.folded)
        lines = wrap(name, max(3, int(room / (_LABEL * WIDTH_OF_A_LETTER)))) or [""]
        if len(lines) > most:
            lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), _LABEL, room)]
        middle = plot.top + band * (at + 0.5) + 4 - _NAME_LINE * (len(lines) - 1) / 2
        for nth, line in enumerate(lines):
            yield Words(room, middle + _NAME_LINE * nth, line, _LABEL, "end")


def _all_words(drawn: Drawn) -> Iterator[str]:
    for at, row in enumerate(drawn.rows):
        for head, _cell in enumerate(row.cells):
            yield words_of(drawn, at, head)


# Bars under their names, for a place that is narrow: what it was before is thin, under each.


_NAME: Final = 11
_LINE: Final = 14.0
_TALL: Final = 11.0
_THIN: Final = 5.0
_APART: Final = 9.0


def named_bars(
    drawn: Drawn, language: str, width: float, *, whole: Decimal | None = None
) -> Picture:
    """Return bars, each under its name with its number, and its share of the whole if there is one.

    Names are told in full, on as many lines as they take.
    """
    most, _step = scale(
        [value for row in drawn.rows for value in shown(row.cells)], is_percent=drawn.is_percent
    )
    shapes: list[Shape] = []
    y = 0.0
    if len(drawn.heads) > 1:
        named = list(key(drawn.heads, PARTS, width))
        shapes += named
        y = max(one.y for one in named if isinstance(one, Bar)) + KEY + 4
    for row in drawn.rows:
        words = _words(drawn, row, whole)
        room = width - width_of(words, _NAME) - 8
        letters = max(8, int(room / (_NAME * WIDTH_OF_A_LETTER)))
        name = label_of(row, language, folded=drawn.folded)
        for line in wrap(name, letters) or [""]:
            y += _LINE
            shapes.append(Words(0, y - 3, line, _NAME))
        shapes.append(Words(width, y - 3, words, _NAME, "end", is_bold=True))
        shapes += _bars(drawn, row, y, width / most)
        y += _TALL + (_THIN if len(row.cells) > 1 else 0) + _APART
    return picture(width, y, shapes)


def _bars(drawn: Drawn, row: TableRow, y: float, ratio: float) -> Iterator[Shape]:
    for head, cell in enumerate(row.cells):
        tall = _THIN if head else _TALL
        if words := mark_of(cell):
            if head == 0:
                yield Box(0, y, _BOX, tall + 2, words)
        elif cell.value:
            fill = Fill.TINT if head else fill_of(drawn, row, head)
            yield Bar(0, y, float(cell.value) * ratio, tall, fill)
        y += tall


def _words(drawn: Drawn, row: TableRow, whole: Decimal | None) -> str:
    cell = row.cells[0]
    words = cell_words(cell, is_percent=drawn.is_percent)
    if not whole or not cell.value:
        return words
    return f"{words} · {decimal_words(cell.value / whole, is_percent=True)}"
