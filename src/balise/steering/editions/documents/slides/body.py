"""The body of a slide: its figures side by side, each with its heading and its provenance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from django.utils.translation import gettext as _
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from balise.steering.editions.documents.drawing.places import has_map, places
from balise.steering.editions.documents.register import Entry
from balise.steering.editions.documents.slides import native
from balise.steering.editions.documents.slides.parts import Pen, Place, Run, describe
from balise.steering.editions.documents.told import Figure, Leaf, beside, big_number
from balise.steering.editions.rules.deck import Deck, Form
from balise.steering.rules.drawing.svg import EDGE, INK, RULE, SOFT

MARKS: Final = {
    "hotline": MSO_SHAPE.RECTANGLE,
    "helpline": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "awareness": MSO_SHAPE.CROSS,
    "": MSO_SHAPE.OVAL,
}
_BODY: Final = Place(40, 108, 880, 374)
_GUTTER: Final = 16.0
_SIDE: Final = 320.0
_HEAD: Final = 38.0  # heading and unit
_PROVENANCE: Final = 48.0
_ROW: Final = 22.0
_MOST_BARS: Final = 14  # beside another figure
_PAIR: Final = 70.0  # the bars of a number and of what it is compared with
_DIGIT: Final = 38.0  # the width of a digit of a big number, in Verdana
_ALONE: Final = 16.0  # the size of sentences without figures
_BETWEEN: Final = 10.0
_NO_GRID: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_WIDE_FORMS: Final = (Form.TABLE, Form.PLACES, Form.MULTIPLES)


@dataclass(frozen=True, slots=True)
class Look:
    """How a table stands: shares of its width, size of its words, height of a row in points.

    `numbers` are the columns that are set to the right.
    """

    widths: Sequence[float]
    size: float
    row: float
    numbers: Sequence[int]


def is_table(figure: Figure) -> bool:
    """Return whether a figure is a table on a slide."""
    return figure.fitted.form is Form.TABLE


def is_tall(figure: Figure) -> bool:
    """Return whether a figure has so many bars that their names need a slide's whole width."""
    bars = len(figure.fitted.rows) * len(figure.keys)
    return figure.fitted.form is Form.BARS and bars > _MOST_BARS


def spread(sentences: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the sentences of a page without figures, as many together as one slide holds."""
    held: list[str] = []
    for one in sentences:
        if held and _height([*held, one], _ALONE) > _BODY.height:
            yield tuple(held)
            held = []
        held.append(one)
    if held:
        yield tuple(held)


def draw(pen: Pen, deck: Deck, leaf: Leaf, language: str) -> None:
    """Draw the figures of a page from left to right, and its sentences."""
    size = 14 if leaf.figures else _ALONE
    runs = [[Run(sentence, size)] for sentence in leaf.sentences]
    if not leaf.figures:
        pen.text(_BODY, *runs, space=_BETWEEN)
        return
    if len(leaf.figures) == 1 and leaf.figures[0].fitted.form not in _WIDE_FORMS and runs:
        left = Place(_BODY.x, _BODY.y, _BODY.width - _SIDE - 40, _BODY.height)
        _figure(pen, deck, leaf.figures[0], left, language)
        pen.text(Place(_BODY.x + _BODY.width - _SIDE, _BODY.y + 20, _SIDE, 330), *runs, space=8)
        return
    tall = _height(leaf.sentences, size)
    wide = (_BODY.width - _GUTTER * (len(leaf.figures) - 1)) / len(leaf.figures)
    for at, figure in enumerate(leaf.figures):
        x = _BODY.x + (wide + _GUTTER) * at
        place = Place(x, _BODY.y, wide, _BODY.height - tall)
        _figure(pen, deck, figure, place, language)
    if runs:
        pen.text(
            Place(_BODY.x, _BODY.y + _BODY.height - tall + 6, _BODY.width, tall), *runs, space=4
        )


def register(pen: Pen, heads: Sequence[str], entries: Sequence[Entry]) -> None:
    """Draw the table of all figures, or a part of it."""
    rows = [one.cells for one in entries]
    widths = (0.05, 0.11, 0.25, 0.12, 0.08, 0.06, 0.05, 0.08, 0.2)
    made = _table(pen, _BODY, heads, rows, Look(widths, 9, 16.5, (3,)))
    describe(made, _("All figures"), _("All figures of the edition, each with its digest."))


def _figure(pen: Pen, deck: Deck, figure: Figure, place: Place, language: str) -> None:
    number = figure.table.number
    if figure.fitted.form is Form.NUMBER:
        _number(pen, figure, place, language)
    else:
        pen.text(
            Place(place.x, place.y, place.width, _HEAD),
            [Run(figure.heading, 14, is_bold=True)],
            [Run(figure.unit_words, 11, SOFT)],
            name=f"{number} {figure.heading}",
        )
        inside = Place(
            place.x, place.y + _HEAD + 2, place.width, place.height - _HEAD - _PROVENANCE - 6
        )
        _picture(pen, deck, figure, inside, language)
    provenance = Place(place.x, place.y + place.height - _PROVENANCE, place.width, _PROVENANCE - 2)
    pen.text(
        provenance,
        [
            Run(figure.method, 9, INK, is_bold=True),
            Run(f" · {figure.source} · {figure.when}", 9, SOFT),
        ],
        [Run(f"{number} · {figure.mark} · {figure.known_by}", 9, SOFT)],
        at_bottom=True,
    )


def _picture(pen: Pen, deck: Deck, figure: Figure, place: Place, language: str) -> None:
    match figure.fitted.form:
        case Form.TABLE:
            heads = ("", *figure.heads)
            rows = [
                (f"{line.label} ({line.days})" if line.days else line.label, *line.cells)
                for line in figure.lines
            ]
            first = max(0.16, 0.5 - 0.08 * len(figure.heads))
            rest = (1 - first) / len(figure.heads)
            size = 12 if len(figure.heads) < 6 else 9.5  # noqa: PLR2004 - columns of a slide
            widths = (first, *(rest for _head in figure.heads))
            numbers = tuple(range(1, len(heads)))
            row = min(_ROW, place.height / (len(rows) + 1))
            name = f"{figure.table.number} {figure.heading}"
            look = Look(widths, size, row, numbers)
            made = _table(pen, place, heads, rows, look)
            describe(made, name, figure.alt)
        case Form.PLACES if deck.map is not None and has_map(figure, deck.map):
            half = place.width / 2 - _GUTTER
            drawn = places(figure, deck.map, half, place.height)
            _map(pen, figure, deck.map.source, drawn.shapes, place)
            side = Place(place.x + half + 2 * _GUTTER, place.y, half, place.height)
            native.add(pen, figure, side, language)
        case _:
            native.add(pen, figure, place, language)


def _map(pen: Pen, figure: Figure, source: str, shapes: Sequence[Any], place: Place) -> None:
    """Draw the areas as one group, with one description."""
    before = len(pen.slide.shapes)
    for shape in shapes:
        pen.shape(shape, place)
    made = list(pen.slide.shapes)[before:]
    group = pen.slide.shapes.add_group_shape(made)
    describe(group, f"{figure.table.number} {figure.heading}", f"{figure.alt} {source}")


def _number(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    row = figure.fitted.rows[0]
    bound, number = big_number(row, figure.table)
    size = 54 if len(number) * _DIGIT <= place.width else 34
    paragraphs = [
        [Run(figure.heading, 14, pen.hue.dark, is_bold=True)],
        [Run(bound or " ", 14, SOFT, is_bold=True)],
        [Run(number, size, INK, is_bold=True)],
        [Run(figure.unit, 14, pen.hue.dark, is_bold=True)],
        [Run(figure.days, 11, SOFT)],
    ]
    compared = beside(figure)
    tall = place.height - _PROVENANCE - 4
    if compared:
        tall = min(190.0, tall - _PAIR)
    else:  # a number alone on white says little: what it counts stands under it
        paragraphs.append([Run(figure.table.definition.get(language, ""), 12, INK)])
    pen.text(
        Place(place.x, place.y, place.width, tall),
        *paragraphs,
        name=f"{figure.table.number} {figure.heading}",
    )
    if compared:
        native.add(pen, compared, Place(place.x, place.y + tall, place.width, _PAIR), language)


def _table(
    pen: Pen, place: Place, heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look
) -> Any:
    shape = Place(place.x, place.y, place.width, look.row * (len(rows) + 1))
    made = pen.slide.shapes.add_table(len(rows) + 1, len(heads), *shape.emus)
    table = made.table
    table.first_row, table.horz_banding = True, False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_GRID
    for column, share in zip(table.columns, look.widths, strict=True):
        column.width = Pt(place.width * share)
    for at, line in enumerate((heads, *rows)):
        table.rows[at].height = Pt(look.row)
        for nth, words in enumerate(line):
            cell = table.cell(at, nth)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            is_bold = at == 0 or nth == 0
            anchor = "end" if nth in look.numbers else "start"
            run = Run(words, look.size, SOFT if at == 0 else INK, is_bold=is_bold)
            pen.fill(cell.text_frame, [[run]], anchor=anchor)
            cell.margin_left = cell.margin_top = cell.margin_bottom = 0
            cell.margin_right = Pt(6)
            _underline(cell, EDGE if at == 0 else RULE)
    return made


def _underline(cell: Any, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(
        0,
        parse_xml(
            '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="9525">'
            f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'
            "</a:lnB>"
        ),
    )


def _height(sentences: Sequence[str], size: float) -> float:
    """Return how much room sentences take under the figures."""
    lines = sum(ceil(len(one) * size * 0.56 / _BODY.width) for one in sentences)
    return lines * size * 1.3 + _BETWEEN * len(sentences) + 8 if sentences else 0
