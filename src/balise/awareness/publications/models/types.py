"""All types of pages, and which one a kind of the taxonomy has."""

from typing import Final

from balise.awareness.publications.models.kits import Kit
from balise.awareness.publications.models.pages import (
    Article,
    Dossier,
    News,
    Questions,
    Resource,
    Shelf,
    Text,
)
from balise.awareness.publications.models.videos import Series, Video

TYPES: Final[tuple[type[Text], ...]] = (
    Resource,
    Kit,
    Dossier,
    Article,
    News,
    Questions,
    Video,
    Series,
)
Shelf.subpage_types = tuple(f"awareness_publications.{each.__name__}" for each in TYPES)


def type_of(kind: str) -> type[Text]:
    """Return the type of page of a kind of the taxonomy."""
    return next((each for each in TYPES if kind == each.KIND), Resource)
