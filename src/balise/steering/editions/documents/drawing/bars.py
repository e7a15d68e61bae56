"""Bars of categories, of the steps of a funnel, and of the parts of a whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from balise.foundation.statistics.indicators import Method
from balise.steering.editions.documents.drawing.columns import KEY, PARTS, key
from balise.steering.editions.documents.drawing.plots import BAR_GAP, Plot, scale, shown
from balise.steering.editions.documents.drawing.shapes import (
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
from balise.steering.editions.documents.told import Figure, label_of, mark_of
from balise.steering.editions.rules.deck import Form
from balise.steering.editions.rules.fitting import OTHER, rates
from balise.steering.rules.cells import cell_words, decimal_words
from balise.steering.rules.leaving import Row
from balise.steering.rules.numbers import bounded

_LABEL: Final = 11
_MOST_NAME: Final = 0.36  # of the width
_BOX: Final = 26.0
_TALLEST: Final = 26.0  # a bar
_STACK: Final = 34.0
_SMALL: Final = 10


def plot_of(figure: Figure, language: str, width: float, height: float) -> Plot:
    """Return the plot of bars in a picture of this size, names on its left."""
    rows = figure.fitted.rows
    names = max(width_of(label_of(row, figure.fitted, language), _LABEL) for row in rows)
    left = min(names + 12, width * _MOST_NAME)
    words = max((width_of(text, _LABEL) for text in _all_words(figure)), default=0)
    most, step = scale(
        [value for row in rows for value in shown(row.cells)], is_percent=figure.table.is_percent
    )
    right = min(words + 12, width * 0.3)
    tall = len(rows) * _TALLEST * (len(figure.heads) + BAR_GAP)
    top = KEY + 4 if len(figure.heads) > 1 else 4.0
    return Plot(left, top, width - left - right, min(height - top - 4, tall), most, step)


def bars(figure: Figure, language: str, width: float, height: float) -> Picture:
    """Return horizontal bars with their names and numbers."""
    plot = plot_of(figure, language, width, height)
    many = len(figure.heads) > 1
    shapes = [
        *(key(figure.heads, PARTS, width, plot.left) if many else ()),
        *_drawn(figure, plot),
        *marks(figure, plot),
        *_names(figure, plot, language),
        Rule(plot.left, plot.top, plot.left, plot.bottom, Stroke.AXIS),
    ]
    return picture(width, plot.bottom + 4, shapes)


def marks(figure: Figure, plot: Plot) -> Iterator[Shape]:
    """Yield the boxes of what is not shown."""
    for at, row in enumerate(figure.fitted.rows):
        for head, cell in enumerate(row.cells):
            if words := mark_of(cell):
                top, tall = lane(figure, plot, at, head)
                yield Box(plot.left + 2, top, _BOX, min(tall, 16), words)


def lane(figure: Figure, plot: Plot, at: int, head: int) -> tuple[float, float]:
    """Return the top and the height of a bar: the first head is the upper one."""
    band = plot.height / len(figure.fitted.rows)
    tall = band / (len(figure.heads) + BAR_GAP)
    return plot.top + band * at + tall * BAR_GAP / 2 + tall * head, tall


def words_of(figure: Figure, at: int, head: int) -> str:
    """Return what stands beside a bar: its number, and its rate to the first step of a funnel."""
    row = figure.fitted.rows[at]
    words = cell_words(row.cells[head], is_percent=figure.table.is_percent)
    if figure.fitted.form is not Form.STEPS or head or not at:
        return words
    rate = rates(figure.fitted.rows)[at]
    if rate is None:
        return words
    return f"{words} · {bounded(decimal_words(rate.value, is_percent=True), rate.bound)}"


def fill_of(figure: Figure, row: Row, head: int) -> Fill:
    """Return how a bar is filled."""
    if head or (row.code == OTHER and not figure.fitted.folded):
        return Fill.TINT
    is_partial = row.days is not None or figure.table.method is Method.ESTIMATED
    return Fill.HATCHED if is_partial else Fill.DARK


def stack(figure: Figure, language: str, width: float, _height: float) -> Picture:
    """Return one bar of 100% for each column of the table, in its two to four parts.

    What is not shown stands in a box after the others: no width could tell how much it is.
    """
    rows = figure.fitted.rows
    shapes: list[Shape] = []
    y = 4.0
    for head, name in enumerate(figure.heads):
        if len(figure.heads) > 1:
            shapes.append(Words(0, y + 9, name, _SMALL, is_soft=True))
            y += 14
        shapes.extend(_parts(figure, head, width, y))
        y += _STACK + 10
    names = [label_of(row, figure.fitted, language) for row in rows]
    named = list(key(names, PARTS, width, y=y))
    shapes += named
    lowest = max(one.y for one in named if isinstance(one, Words))
    return picture(width, lowest + 6, shapes)


def _parts(figure: Figure, head: int, width: float, y: float) -> Iterator[Shape]:
    cells = [row.cells[head] for row in figure.fitted.rows]
    whole = float(sum(shown(cells), Decimal())) or 1.0
    hidden = [mark_of(cell) for cell in cells if mark_of(cell)]
    room = width - (_BOX + 6) * len(hidden)
    x = 0.0
    for at, cell in enumerate(cells):
        if not cell.value:
            continue
        wide = float(cell.value) / whole * room
        yield Bar(x, y, wide, _STACK, PARTS[at])
        words = cell_words(cell, is_percent=figure.table.is_percent)
        if width_of(words, _LABEL) < wide - 4:
            middle = x + wide / 2
            yield Words(middle, y + 21, words, _LABEL, "middle", is_bold=True, is_white=at == 0)
        x += wide
    for nth, words in enumerate(hidden):
        yield Box(room + 6 + nth * (_BOX + 6), y, _BOX, _STACK, words)


def _drawn(figure: Figure, plot: Plot) -> Iterator[Shape]:
    for at, row in enumerate(figure.fitted.rows):
        for head, cell in enumerate(row.cells):
            if cell.value is None:
                continue
            top, tall = lane(figure, plot, at, head)
            end = plot.x(cell.value)
            if cell.value:
                fill = fill_of(figure, row, head)
                yield Bar(plot.left, top, end - plot.left, tall, fill)
            words = words_of(figure, at, head)
            y = top + tall / 2 + 4
            yield Words(end + 5, y, words, _LABEL if head == 0 else _SMALL, is_bold=head == 0)


def _names(figure: Figure, plot: Plot, language: str) -> Iterator[Shape]:
    band = plot.height / len(figure.fitted.rows)
    for at, row in enumerate(figure.fitted.rows):
        label = cut(label_of(row, figure.fitted, language), _LABEL, plot.left - 8)
        yield Words(plot.left - 8, plot.top + band * (at + 0.5) + 4, label, _LABEL, "end")


def _all_words(figure: Figure) -> Iterator[str]:
    for at, row in enumerate(figure.fitted.rows):
        for head, _cell in enumerate(row.cells):
            yield words_of(figure, at, head)
