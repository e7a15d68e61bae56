"""An edition as one HTML page that holds all it needs: it is kept, and read on any machine.

No script, nothing fetched: its style and face are inside, each table is a link to a file inside.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from balise.steering.editions.documents import cover
from balise.steering.editions.documents.drawing.forms import pictures
from balise.steering.editions.documents.register import grouped
from balise.steering.editions.documents.tables import as_csv
from balise.steering.editions.documents.told import (
    NO_LINKS,
    Figure,
    Leaf,
    Links,
    beside,
    big_number,
    breaks_of,
    told,
)
from balise.steering.editions.rules.deck import Deck, Form, Map, PageKind
from balise.steering.rules.drawing.svg import as_svg, hue

# A wide picture and a narrow one; the style sheet shows one of them.
_WIDTHS: Final = {"wide": 640.0, "narrow": 300.0}
_HEIGHT: Final = 260.0
_PAIR: Final = 64.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the page shows it."""

    figure: Figure
    bound: str
    number: str
    unit: str
    definition: str
    breaks: tuple[str, ...]
    pictures: tuple[tuple[str, SafeString], ...]
    source: str
    csv: str

    @property
    def is_number(self) -> bool:
        return self.figure.fitted.form is Form.NUMBER

    @property
    def is_table(self) -> bool:
        return self.figure.fitted.form is Form.TABLE


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the deck, with its figures as they are shown."""

    leaf: Leaf
    colour: str
    figures: tuple[Shown, ...]

    @property
    def is_cover(self) -> bool:
        return self.leaf.kind is PageKind.COVER

    @property
    def is_register(self) -> bool:
        return self.leaf.kind is PageKind.REGISTER


def drawn(deck: Deck, language: str, links: Links = NO_LINKS) -> str:
    """Return the edition as an HTML document, in one language."""
    with override(language):
        said = told(deck, language, links)
        sections = tuple(_section(deck.map, leaf, language) for leaf in said.leaves)
        return render_to_string(
            "steering/editions/deck.html",
            {
                "said": said,
                "sections": sections,
                "digest": grouped(said.digest),
                "style": mark_safe(style()),  # noqa: S308 - our own file
                "art": mark_safe(cover.SVG),  # noqa: S308 - our own drawing
            },
        )


def style_source() -> str:
    """Return what a content security policy must allow for the page's style (style-src)."""
    return f"'sha256-{b64encode(sha256(style().encode()).digest()).decode()}'"


@cache
def style() -> str:
    """Return the style sheet of the page, with the faces of the house inside."""
    house = files("balise.foundation")
    faces = ""
    for weight in (400, 700):
        letters = house.joinpath("typesetting", "fonts", f"atkinson-{weight}.ttf")
        zero = house.joinpath("web", "static", "balise", f"zero-{weight}.woff2")
        faces += _face("Atkinson Hyperlegible", weight, letters, "font/ttf")
        faces += _face("Balise Zero", weight, zero, "font/woff2")
    return faces + files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _face(name: str, weight: int, file: Traversable, kind: str) -> str:
    source = f"url(data:{kind};base64,{b64encode(file.read_bytes()).decode()})"
    return f'@font-face{{font-family:"{name}";font-weight:{weight};src:{source}}}'


def _section(known: Map | None, leaf: Leaf, language: str) -> Section:
    shown = tuple(shown_of(known, figure, leaf.line, language) for figure in leaf.figures)
    return Section(leaf, hue(leaf.line).dark, shown)


def shown_of(known: Map | None, figure: Figure, line: str, language: str) -> Shown:
    """Return a figure with its pictures; `known` is what places are drawn on."""
    bound, number = "", ""
    pair = None
    if figure.fitted.form is Form.NUMBER:
        bound, number = big_number(figure.fitted.rows[0], figure.table)
        pair = beside(figure)
    made = tuple(
        (
            name,
            mark_safe(  # noqa: S308 - our own drawing, its texts escaped
                as_svg(
                    one,
                    hue(line),
                    name=f"{figure.anchor}-{name}{nth}",
                    title=figure.heading,
                    describes=figure.alt,
                )
            ),
        )
        for name, width in _WIDTHS.items()
        for nth, one in enumerate(
            pictures(pair or figure, language, width, _PAIR if pair else _HEIGHT, known=known)
        )
    )
    return Shown(
        figure,
        bound,
        number,
        figure.unit,
        figure.table.definition.get(language, ""),
        breaks_of(figure.table, language),
        made,
        known.source if known and figure.fitted.form is Form.PLACES else "",
        "data:text/csv;charset=utf-8," + quote(as_csv(figure, language)),
    )
