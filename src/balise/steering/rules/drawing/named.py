"""Bars under their names, for a place that is narrow: what it was before is thin, under each."""

from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap
from typing import Final

from balise.steering.rules.cells import cell_words, decimal_words
from balise.steering.rules.drawing.bars import fill_of
from balise.steering.rules.drawing.columns import KEY, PARTS, key
from balise.steering.rules.drawing.drawn import Drawn, label_of, mark_of
from balise.steering.rules.drawing.plots import scale, shown
from balise.steering.rules.drawing.shapes import (
    WIDTH_OF_A_LETTER,
    Bar,
    Box,
    Fill,
    Picture,
    Shape,
    Words,
    picture,
    width_of,
)
from balise.steering.rules.leaving import TableRow

_NAME: Final = 11
_LINE: Final = 14.0
_TALL: Final = 11.0
_THIN: Final = 5.0
_APART: Final = 9.0
_BOX: Final = 26.0


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
