"""One small chart for each row, all on one scale, which is written once."""

from decimal import Decimal
from math import ceil
from typing import Final

from balise.steering.rules.cells import decimal_words
from balise.steering.rules.drawing.drawn import Drawn, label_of, mark_of
from balise.steering.rules.drawing.plots import Plot, scale, shown
from balise.steering.rules.drawing.shapes import (
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
)

_WIDE: Final = 140.0  # the least width of a small chart
_TALL: Final = 92.0
_NAME: Final = 11
_STEP: Final = 9
_APART: Final = 16.0


def multiples(drawn: Drawn, language: str, width: float, _height: float) -> Picture:
    """Return small columns, a chart for each row and a column for each head."""
    rows = drawn.rows
    most, step = scale(
        [value for row in rows for value in shown(row.cells)], is_percent=drawn.is_percent
    )
    across = max(1, min(6, len(rows), int((width + _APART) / (_WIDE + _APART))))
    wide = (width - _APART * (across - 1)) / across
    shapes: list[Shape] = []
    for at, row in enumerate(rows):
        left = (wide + _APART) * (at % across)
        top = (_TALL + _APART) * (at // across)
        plot = Plot(left, top + 20, wide, _TALL - 34, most, step)
        name = cut(label_of(row, language, folded=drawn.folded), _NAME, wide - 44)
        shapes.append(Words(left, top + 11, name, _NAME, is_bold=True))
        if at == 0:
            end = decimal_words(Decimal(repr(most)), is_percent=drawn.is_percent)
            shapes.append(Words(left + wide, top + 11, f"0 – {end}", _STEP, "end", is_soft=True))
        shapes += _panel(drawn, at, plot)
        for x, head, anchor in ((plot.left, 0, "start"), (plot.right, -1, "end")):
            words = Words(x, plot.bottom + 11, drawn.heads[head], _STEP, is_soft=True)
            shapes.append(words if anchor == "start" else _ended(words))
    lines = ceil(len(rows) / across)
    return picture(width, (_TALL + _APART) * lines - _APART, shapes)


def _panel(drawn: Drawn, at: int, plot: Plot) -> list[Shape]:
    row = drawn.rows[at]
    band = plot.width / len(row.cells)
    is_estimated = drawn.is_estimated
    shapes: list[Shape] = []
    for nth, cell in enumerate(row.cells):
        left, wide = plot.left + band * nth + 1, band - 2
        is_partial = is_estimated or (row.days is not None and nth == len(row.cells) - 1)
        if words := mark_of(cell):
            shapes.append(Box(left, plot.bottom - 13, wide, 13, words))
        elif cell.value:
            top = plot.y(cell.value)
            fill = Fill.HATCHED if is_partial else Fill.DARK
            shapes.append(Bar(left, top, wide, plot.bottom - top, fill))
        elif cell.value is not None:
            shapes.append(Words(left + wide / 2, plot.bottom - 3, "0", _STEP, "middle"))
    shapes.append(Rule(plot.left, plot.bottom, plot.right, plot.bottom, Stroke.AXIS))
    return shapes


def _ended(words: Words) -> Words:
    return Words(words.x, words.y, words.text, words.size, "end", is_soft=True)
