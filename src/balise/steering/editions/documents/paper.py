"""An edition as an accessible PDF (PDF/UA-1 and PDF/A-2a), A4: words, pictures, tables."""

from importlib.resources import files
from typing import Any, Final

from django.utils.translation import gettext as _, override

from balise.foundation.typesetting import typeset
from balise.steering.editions.documents import cover
from balise.steering.editions.documents.drawing.forms import pictures
from balise.steering.editions.documents.register import grouped
from balise.steering.editions.documents.told import (
    NO_LINKS,
    Figure,
    Leaf,
    Links,
    Telling,
    beside,
    big_number,
    breaks_of,
    told,
)
from balise.steering.editions.rules.deck import Deck, Form, Map
from balise.steering.rules.drawing.svg import Hue, as_svg, hue

_WIDTH: Final = 480.0  # points between the margins
_HEIGHT: Final = 205.0
_HIGHEST: Final = 340.0
_NAMED: Final = 40.0


def drawn(deck: Deck, language: str, links: Links = NO_LINKS) -> bytes:
    """Return the edition as PDF, in one language; the same deck is the same bytes."""
    layout = files(__package__).joinpath("paper.typ")
    moment = round(deck.as_of.timestamp())
    return typeset(layout, contents(deck, language, links), timestamp=moment, archived=True)


def contents(deck: Deck, language: str, links: Links = NO_LINKS) -> dict[str, Any]:
    """Return all that the paper says and shows, as its layout reads it."""
    with override(language):
        return _contents(deck, told(deck, language, links))


def _contents(deck: Deck, said: Telling) -> dict[str, Any]:
    return {
        "language": said.language,
        "title": said.title,
        "edition": said.edition,
        "facts": said.facts,
        "marks": said.marks,
        "invented": said.invented,
        "foot": _("As of %(moment)s") % {"moment": said.as_of},
        "digest": grouped(said.digest[:8]),
        "art": cover.SVG,
        "page": _("page"),
        "leaves": [_leaf(deck.map, leaf, said) for leaf in said.leaves],
    }


def _leaf(known: Map | None, leaf: Leaf, said: Telling) -> dict[str, Any]:
    return {
        "kind": leaf.kind.value,
        "number": leaf.number,
        "eyebrow": leaf.eyebrow,
        "colour": hue(leaf.line).dark,
        "title": leaf.title,
        "sentences": leaf.sentences,
        "notes": leaf.notes,
        "figures": [
            _figure(known, figure, hue(leaf.line), said.language) for figure in leaf.figures
        ],
        "register": _register(said) if leaf.kind.value == "register" else None,
    }


def _figure(known: Map | None, figure: Figure, colours: Hue, language: str) -> dict[str, Any]:
    pair = beside(figure)
    height = 60.0 if pair else _HEIGHT
    if figure.fitted.form is Form.BARS:  # names take up to three lines
        height = min(_HIGHEST, max(height, _NAMED * len(figure.fitted.rows)))
    made = pictures(pair or figure, language, _WIDTH, height, known=known)
    heads = ["", *figure.heads]
    number: tuple[str, str] | None = None
    if figure.fitted.form is Form.NUMBER:
        number = big_number(figure.fitted.rows[0], figure.table)
    return {
        "heading": figure.heading,
        "number": number,
        "unit": figure.unit,
        "days": figure.days,
        "alt": figure.alt,
        "pictures": [
            as_svg(one, colours, name=f"{figure.anchor}-{at}") for at, one in enumerate(made)
        ],
        "caption": f"{figure.table.number}. {figure.method} · {figure.source} · {figure.when}",
        "mark": figure.mark,
        "link": figure.link,
        "code": figure.table.code,
        "definition": figure.table.definition.get(language, ""),
        "breaks": breaks_of(figure.table, language),
        "source": known.source if known and figure.fitted.form is Form.PLACES else "",
        "heads": heads,
        "rows": [
            [f"{line.label} ({line.days})" if line.days else line.label, *line.cells]
            for line in figure.lines
        ],
    }


def _register(said: Telling) -> dict[str, Any]:
    """Return what holds on a sheet, neither code nor version; the layout counts its own pages."""
    kept = (0, 2, 8, 3, 4, 7)
    return {
        "heads": [*(said.heads[at] for at in kept), said.heads[6]],
        "rows": [[one.cells[at] for at in kept] for one in said.register],
        "pages": [one.pages for one in said.register],
    }
