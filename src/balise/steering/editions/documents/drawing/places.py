"""A map of the rows of a table that are areas; the bars of the same table say the numbers."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _, pgettext

from balise.steering.editions.documents.told import Figure
from balise.steering.editions.rules.deck import Map, parts_of, rings
from balise.steering.rules.drawing.columns import KEY, key
from balise.steering.rules.drawing.shapes import Area, Bar, Fill, Picture, Shape, picture
from balise.steering.rules.leaving import Cell, CellState

SHADES: Final = (Fill.WHITE, Fill.SOFT, Fill.TINT, Fill.DARK)


def has_map(figure: Figure, known: Map | None) -> bool:
    """Return whether the deck has an outline for a row of the table."""
    return known is not None and any(row.code in known.outlines for row in parts_of(figure.table))


def places(figure: Figure, known: Map, width: float, height: float) -> Picture:
    """Return the outlines of the deck's map, each filled by the number of its row.

    White is none or nothing known, then by thirds of the largest number.
    """
    boxes = [outline.box for outline in known.outlines.values()]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    named = list(key(_shades(), SHADES, width))
    low = max(one.y for one in named if isinstance(one, Bar)) + KEY
    ratio = min(width / (right - left), (height - low) / (bottom - top))
    cells = {row.code: row.cells[0] for row in parts_of(figure.table)}
    most = max((cell.value for cell in cells.values() if cell.value), default=Decimal(1))
    shapes: list[Shape] = [*named]
    for code, outline in known.outlines.items():
        cell = cells.get(code, Cell(CellState.NOTHING))
        moved = tuple(
            tuple(((x - left) * ratio, (y - top) * ratio + low) for x, y in ring)
            for ring in rings(outline.path)
        )
        is_withheld = cell.state in {CellState.UNDER, CellState.WITHHELD}
        shapes.append(Area(moved, shade(cell.value, most), is_withheld=is_withheld))
    return picture(width, (bottom - top) * ratio + low, shapes)


def _shades() -> tuple[str, str, str, str]:
    return (
        pgettext("areas of a map", "none"),
        _("up to a third of the largest number"),
        _("up to two thirds"),
        pgettext("areas of a map", "more"),
    )


def shade(value: Decimal | None, most: Decimal) -> Fill:
    """Return the fill of an area, by which third of the largest number its own is in."""
    if not value:
        return Fill.WHITE
    third = value * 3 / most
    return SHADES[1 + (third > 1) + (third > 2)]  # noqa: PLR2004 - thirds
