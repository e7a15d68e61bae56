"""The film of an event: a page of publications, whose player, chapters and transcript it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from balise.awareness.publications import queries as published
from balise.awareness.publications.rules.webvtt import clock


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a film, and the address at which the player begins with it."""

    title: str
    at: str
    address: str


@dataclass(frozen=True, slots=True)
class Replay:
    """Where an event can be watched again; `transcript` "" where its page has none."""

    title: str
    address: str
    chapters: Sequence[Chapter]
    transcript: str


def replay(page: UUID | None, *, language: str) -> Replay | None:
    """Return the film of an event, in a language where it has one; None where it is not public."""
    if page is None:
        return None
    named = published.named(things=[str(page)], language=language).get(str(page))
    if named is None:
        return None
    _door, spoken, *_path, slug, _end = named.address.split("/")
    row = published.read(language=spoken, slug=slug).page
    chapters = [
        Chapter(title, clock(begins), f"{named.address}?at={begins}#film")
        for begins, title in row.video.get("chapters", ())
    ]
    transcript = f"{named.address}#transcript" if row.video.get("transcript") else ""
    return Replay(named.title, named.address, chapters, transcript)


def film_at(address: str) -> UUID | None:
    """Return the key of the page at an address of our public door; None where there is none."""
    path = address.partition("://")[2].partition("/")[2] if "://" in address else address
    key = published.key_at(path=f"/{path.lstrip('/')}")
    return UUID(key) if key else None
