"""The names of bars are told in full where their bars leave room for two lines."""

from decimal import Decimal
from itertools import pairwise

from balise.steering.rules.drawing.bars import bars, plot_of
from balise.steering.rules.drawing.multiples import Drawn
from balise.steering.rules.drawing.shapes import Words, width_of
from balise.steering.rules.leaving import Cell, CellState, TableRow

_LONG = "Chantage à la diffusion d’images intimes d’une personne mineure"


def _drawn(count: int) -> Drawn:
    cell = Cell(CellState.SHOWN, Decimal(31))
    rows = tuple(TableRow(f"c{at}", {"fr": _LONG}, (cell, cell)) for at in range(count))
    return Drawn(rows=rows, heads=("2031", "2030"))


def _names(count: int, height: float) -> list[Words]:
    shapes = bars(_drawn(count), "fr", 480, height).shapes
    return [one for one in shapes if isinstance(one, Words) and one.anchor == "end"]


def test_a_long_name_is_on_several_lines_that_fit() -> None:
    names = _names(3, 205)
    assert " ".join(one.text for one in names) == " ".join([_LONG] * 3)
    room = plot_of(_drawn(3), "fr", 480, 205).left
    assert all(width_of(one.text, one.size) <= room for one in names)
    assert all(later.y - one.y >= one.size for one, later in pairwise(names))


def test_without_room_for_a_second_line_a_name_is_cut_and_says_so() -> None:
    names = _names(14, 205)
    assert len(names) == 14
    assert all(one.text.endswith("…") for one in names)
