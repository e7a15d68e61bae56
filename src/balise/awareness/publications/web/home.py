"""What the home shows of publications: the search, dossiers, the newest, the feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import get_language

from balise.awareness.publications import queries
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.rules.watching import Card, cards
from balise.foundation.actors import Actor
from balise.foundation.web.pages import Part

STYLE: Final = "publications/reading.css"
# The drawing of a topic; any other one has a book.
DRAWINGS: Final = {
    "ai": "sliders",
    "bullying": "users",
    "contacts": "user",
    "games": "play",
    "hate": "shield",
    "image": "eye-off",
    "information": "search",
    "money": "receipt",
    "rights": "scale",
    "screens": "moon",
    "security": "lock",
    "well-being": "heart",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A dossier, and how much the catalogue has of its topics."""

    title: str
    address: str
    count: int
    icon: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is in the language of the home."""

    dossiers: Sequence[Tile]
    newest: Sequence[Card]


def search(_about: object, _seen_by: Actor) -> Part:
    """Return the search of the catalogue."""
    return Part("publications/parts.html#hunt", None, STYLE)


def newest(_about: object, _seen_by: Actor) -> Part:
    """Return the dossiers and what was last published, in three queries."""
    language = get_language() or ""
    tiles = [
        Tile(row.title, queries.address(row), count, _drawing(row.codes.get("topic", ())))
        for row, count in queries.dossiers(language=language)
    ]
    rows = queries.newest(language=language, most=queries.SHORT)
    shown = Shown(tiles, cards(rows, taxonomy(settings.COUNTRY)))
    return Part("publications/parts.html#home", shown, STYLE)


def feed(_about: object, _seen_by: Actor) -> Part:
    """Return the way to the feed."""
    return Part("publications/parts.html#follow", None)


def _drawing(topics: Sequence[str]) -> str:
    return next((DRAWINGS[topic] for topic in topics if topic in DRAWINGS), "book")
