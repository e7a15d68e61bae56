"""A series of many steps as a line, and what it is compared with as a dashed one."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from balise.steering.rules.cells import cell_words
from balise.steering.rules.drawing.columns import BOX, KEY, axis, breaks, plot_of, steps
from balise.steering.rules.drawing.drawn import Drawn, mark_of
from balise.steering.rules.drawing.plots import Plot, labelled
from balise.steering.rules.drawing.shapes import (
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

_STROKES: Final = (Stroke.SERIES, Stroke.BESIDE)
_SAMPLE: Final = 22.0  # the length of a key's line
_NAME: Final = 10
_LABEL: Final = 11
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
