"""What the page of a film shows of it: the player, its captions, its chapters, what to download."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.utils.translation import get_language_info, gettext as _

from balise.awareness.publications.rules.cards import path_of
from balise.awareness.publications.rules.films import CALLED
from balise.awareness.publications.rules.webvtt import Chapter, clock

# What the page of a film of ours may load and use, beside what all pages may.
SOURCES: Final = {"media-src": ["'self'"]}
FEATURES: Final = {"fullscreen": "self", "picture-in-picture": "self"}


class WatchedPage(Protocol):
    """A public page, as far as a film needs it."""

    page_id: int
    language: str
    slug: str
    video: Any


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language; those of the page's own are on from the beginning."""

    code: str
    label: str
    address: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Player:
    """A film of our own: its address begins where the page was asked to begin."""

    address: str
    file: str
    media_type: str
    format: str
    octets: int
    length: str
    tracks: Sequence[Track]
    chapters: Sequence[Chapter]
    begins: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a film is in its series."""

    number: int
    total: int
    before: Any
    after: Any


def player(page: WatchedPage, *, asked: str = "", is_public: bool = True) -> Player | None:
    """Return the player of a film of our own; None for a page that has none.

    `asked` is where to begin, in seconds as the address has it; what is no chapter is the
    beginning. A draft has no address for its captions yet.
    """
    video: Mapping[str, Any] = page.video
    if not video.get("film"):
        return None
    parts = [Chapter(begins, title) for begins, title in video["chapters"]]
    begins = next((each.begins for each in parts if str(each.begins) == asked), 0)
    return Player(
        f"{video['film']}#t={begins}" if begins else video["film"],
        video["film"],
        video["type"],
        CALLED.get(video["type"], ""),
        video["bytes"],
        clock(video["seconds"]) if video["seconds"] else "",
        list(tracks(page)) if is_public else (),
        parts,
        begins,
    )


def tracks(page: WatchedPage) -> Iterable[Track]:
    """Yield the captions of a public film, those of the page's own language first."""
    for code in sorted(page.video.get("captions", ()), key=lambda code: code != page.language):
        name = get_language_info(code)["name_local"]
        address = f"{path_of(page.language, page.slug)}captions-{code}.vtt"
        yield Track(code, name.capitalize(), address, is_first=code == page.language)


def place(page: WatchedPage, episodes: Sequence[WatchedPage]) -> Place | None:
    """Return where a film is among the episodes of its series; None where it is not."""
    for number, each in enumerate(episodes):
        if each.page_id == page.page_id:
            before = episodes[number - 1] if number else None
            after = episodes[number + 1] if number + 1 < len(episodes) else None
            return Place(number + 1, len(episodes), before, after)
    return None


def learns(video: Mapping[str, Any]) -> Sequence[str]:
    """Return what another site learns of who goes to its player."""
    if not video.get("frame"):
        return ()
    names = {"site": video["site"]}
    return (
        _("The address of your connection, your browser and your language."),
        _("That you come from our site; not from which page."),
        _("What you watch there, and for how long."),
        _("%(site)s may keep something in your browser to recognise you.") % names,
    )
