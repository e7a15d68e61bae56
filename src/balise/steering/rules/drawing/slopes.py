"""Stocks then and now: a line for each thing, from the column compared to the first one."""

from collections.abc import Iterator
from typing import Final, Literal

from balise.steering.rules.drawing.multiples import Drawn, Plot, label_of, mark_of, scale, shown
from balise.steering.rules.drawing.shapes import (
    Box,
    Dot,
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
from balise.steering.rules.leaving import cell_words

_LABEL: Final = 11
_APART: Final = 14.0  # between the baselines of two labels
_TOP, _BOTTOM = 24.0, 10.0


def plot_of(drawn: Drawn, language: str, width: float, height: float) -> Plot:
    """Return the plot of slopes in a picture of this size."""
    rows = drawn.rows
    before = max(width_of(_number(drawn, at, 1), _LABEL) for at in range(len(rows)))
    after = max(width_of(_ending(drawn, at, language), _LABEL) for at in range(len(rows)))
    hidden = [row for row in rows if mark_of(row.cells[1])]
    names = [width_of(label_of(row, language, folded=drawn.folded), _LABEL) for row in hidden]
    left, right = max(before, *names, 0) + 18, min(after + 14, width * 0.5)
    most, step = scale([value for row in rows for value in shown(row.cells)])
    return Plot(left, _TOP, width - left - right, height - _TOP - _BOTTOM, most, step)


def slopes(drawn: Drawn, language: str, width: float, height: float) -> Picture:
    """Return lines from then to now, each named at its end."""
    plot = plot_of(drawn, language, width, height)
    rows = drawn.rows
    shapes: list[Shape] = []
    for head, x in ((1, plot.left), (0, plot.right)):
        shapes.append(Rule(x, plot.top, x, plot.bottom, Stroke.GRID))
        shapes += _labels(drawn, plot, head, language, width)
    for row in rows:
        now, then = row.cells[0].value, row.cells[1].value
        if now is not None and then is not None:
            shapes.append(Rule(plot.left, plot.y(then), plot.right, plot.y(now), Stroke.SERIES))
        if then is not None:
            shapes.append(Dot(plot.left, plot.y(then), 4, Fill.TINT))
        if now is not None:
            shapes.append(Dot(plot.right, plot.y(now), 4, Fill.DARK))
    lowest = max((one.y + one.height for one in shapes if isinstance(one, Box)), default=0)
    return picture(width, max(height, lowest + 4), shapes)


def _labels(drawn: Drawn, plot: Plot, head: int, language: str, width: float) -> Iterator[Shape]:
    """Yield the name of a column, then the labels beside its points, then what is not shown."""
    anchor: Literal["start", "end"] = "end" if head else "start"
    edge = plot.left - 8 if head else plot.right + 8
    yield Words(edge, 12, drawn.heads[head], _LABEL, anchor, is_soft=True)
    values = [row.cells[head].value for row in drawn.rows]
    known = sorted((plot.y(value), at) for at, value in enumerate(values) if value is not None)
    places = apart([y for y, _at in known], plot.bottom)
    for (_y, at), place in zip(known, places, strict=True):
        text = _number(drawn, at, head) if head else _ending(drawn, at, language)
        text = cut(text, _LABEL, edge if head else width - edge)
        yield Words(edge, place + 4, text, _LABEL, anchor, is_bold=not head)
    hidden = [at for at, value in enumerate(values) if value is None]
    yield from _hidden(drawn, hidden, plot, head, language)


def apart(places: list[float], bottom: float) -> list[float]:
    """Return where labels stand so that none covers another: in order, near where they should."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + _APART) if found else place)
    over = found[-1] - bottom - _APART / 2 if found else 0
    if over > 0:
        for at in range(len(found) - 1, -1, -1):
            limit = bottom + _APART / 2 if at == len(found) - 1 else found[at + 1] - _APART
            found[at] = min(found[at], limit)
    return found


def _hidden(drawn: Drawn, rows: list[int], plot: Plot, head: int, language: str) -> list[Shape]:
    """Return the boxes of what is not shown, below the plot, one under another."""
    shapes: list[Shape] = []
    for nth, at in enumerate(rows):
        words = mark_of(drawn.rows[at].cells[head])
        y = plot.bottom + 6 + nth * 18
        if words and head == 0:
            shapes.append(Box(plot.right - 11, y, 22, 15, words))
            name = label_of(drawn.rows[at], language, folded=drawn.folded)
            shapes.append(Words(plot.right + 16, y + 11, name, _LABEL))
        elif words:
            shapes.append(Box(plot.left - 11, y, 22, 15, words))
            name = label_of(drawn.rows[at], language, folded=drawn.folded)
            text = cut(name, _LABEL, plot.left - 16)
            shapes.append(Words(plot.left - 16, y + 11, text, _LABEL, "end"))
    return shapes


def _number(drawn: Drawn, at: int, head: int) -> str:
    return cell_words(drawn.rows[at].cells[head], is_percent=drawn.is_percent)


def _ending(drawn: Drawn, at: int, language: str) -> str:
    row = drawn.rows[at]
    return f"{label_of(row, language, folded=drawn.folded)} {_number(drawn, at, 0)}"
