"""What the page of a film shows of it: the player, its captions, its chapters, what to download."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from struct import calcsize, unpack
from typing import IO, Any, Final, Protocol

from django.utils.translation import get_language, get_language_info, gettext as _

from balise.awareness.publications.rules.metadata import ages
from balise.awareness.publications.rules.taxonomy import Facet
from balise.awareness.publications.rules.webvtt import Chapter, clock

# How a page is told in a list and beside its text: for whom, what it is, who made it.


SHOWN: Final = 2  # of the audiences


class Page(Protocol):
    """A row of what is public, as a list reads it."""

    language: Any
    slug: Any
    minutes: Any
    codes: Any
    licence: Any
    credits: Any
    picture_credit: Any
    paper: Any


@dataclass(frozen=True, slots=True)
class Card:
    """A page in a list; `language` is said where it is not the one that is read."""

    page: Page
    address: str
    kind: str
    audience: str
    ages: tuple[int, int] | None
    access: tuple[str, ...]
    language: str

    @property
    def for_whom(self) -> str:
        """Return its audiences and ages, in a line."""
        between = ""
        if self.ages:
            young, old = self.ages
            between = _("%(young)s to %(old)s years") % {"young": young, "old": old}
        return " · ".join(part for part in (self.audience, between) if part)

    @property
    def facts(self) -> str:
        """Return what it is, how long it takes, and in which language, in a line."""
        minutes = self.page.minutes
        takes = _("%(minutes)s min") % {"minutes": minutes} if minutes else ""
        return " · ".join(part for part in (self.kind, takes, *self.access, self.language) if part)


def path_of(language: str, slug: str) -> str:
    """Return where a page is in the public door."""
    return f"/{language}/resources/{slug}/"


def cards(pages: Iterable[Page], facets: Mapping[str, Facet]) -> list[Card]:
    """Return the cards of pages, in the language that is read."""
    return [card(page, facets) for page in pages]


def card(page: Page, facets: Mapping[str, Facet]) -> Card:
    """Return the card of a page."""
    return Card(
        page,
        path_of(page.language, page.slug),
        ", ".join(labels(page, "kind", facets)),
        ", ".join(labels(page, "audience", facets)[:SHOWN]),
        ages(page.codes.get("age", ())),
        tuple(labels(page, "access", facets)),
        "" if page.language == get_language() else ", ".join(labels(page, "language", facets)),
    )


def labels(page: Page, facet: str, facets: Mapping[str, Facet]) -> list[str]:
    """Return what the codes of a page say in a facet."""
    terms = facets[facet].terms
    return [str(terms[code].label) for code in page.codes.get(facet, ()) if code in terms]


def beside(page: Page, facets: Mapping[str, Facet]) -> dict[str, object]:
    """Return what stands around the text of a page, in a preview too."""
    said = (
        (_("Published by"), ", ".join(labels(page, "publisher", facets))),
        (_("Produced by"), page.credits.get("produced_by", "")),
        (_("Made with"), page.credits.get("made_with", "")),
        (_("With the support of"), page.credits.get("supported_by", "")),
        (_("Picture"), page.picture_credit),
        (_("File to print"), page.paper.get("credit", "")),
    )
    return {
        "page": page,
        "card": card(page, facets),
        "credits": [(label, each) for label, each in said if each],
        "licence": facets["licence"].terms.get(page.licence),
    }


# What a file of a film is, told by its bytes: WebM or MP4, and how long it lasts.


MOST: Final = 200 * 1024 * 1024  # bytes
HEAD: Final = 64  # bytes that are enough to tell
KINDS: Final = {"webm": "video/webm", "mp4": "video/mp4"}
CALLED: Final = {"video/webm": "WebM", "video/mp4": "MP4"}

_EBML, _SEGMENT, _INFO = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66"
_SCALE, _DURATION = b"\x2a\xd7\xb1", b"\x44\x89"
_FLOATS: Final = {4: ">f", 8: ">d"}
_SHORT, _LONG = ">3x4x4xII", ">3x8x8xIQ"  # flags, created, changed; then scale and length
_MOST_PARTS: Final = 2_000  # of a file, that are looked at for its length


def kind_of(head: bytes) -> str:
    """Return the media type of a film by its first bytes; "" for anything else."""
    if head.startswith(_EBML) and b"webm" in head:
        return KINDS["webm"]
    is_picture = head[8:12] in {b"avif", b"heic", b"mif1"}
    return KINDS["mp4"] if head[4:8] == b"ftyp" and not is_picture else ""


def seconds_of(file: IO[bytes]) -> float:
    """Return how long a film lasts, in seconds; 0 where its file does not say."""
    file.seek(0)
    kind = kind_of(file.read(HEAD))
    file.seek(0)
    if kind == KINDS["webm"]:
        return _of_webm(file)
    return _of_mp4(file) if kind else 0


def _of_webm(file: IO[bytes]) -> float:
    """Read the length among the elements of the first segment (RFC 8794, RFC 9559)."""
    scale, length = 1_000_000, 0.0
    for _each in range(_MOST_PARTS):
        name, size = _vint(file, keep=True), _vint(file)
        if not name:
            break
        if name in {_SEGMENT, _INFO}:
            continue  # its elements come next
        octets = int.from_bytes(size)
        if name == _SCALE:
            scale = int.from_bytes(file.read(octets))
        elif name == _DURATION and octets in _FLOATS:
            read = file.read(octets)
            length = unpack(_FLOATS[octets], read)[0] if len(read) == octets else 0
        elif length:
            break
        else:
            file.seek(octets, 1)
    return float(length) * scale / 1e9


def _vint(file: IO[bytes], *, keep: bool = False) -> bytes:
    """Return a number of variable length; with `keep`, with the bit that says its length."""
    first = file.read(1)
    if not first or not first[0]:
        return b""
    more = 8 - first[0].bit_length()
    octets = first + file.read(more)
    return octets if keep else bytes([first[0] & (0x7F >> more)]) + octets[1:]


def _of_mp4(file: IO[bytes]) -> float:
    """Read the length in the header of the movie (ISO/IEC 14496-12)."""
    for _each in range(_MOST_PARTS):
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004 - bytes
            break
        size, name = int.from_bytes(head[:4]), head[4:]
        read = 8
        if size == 1:
            size, read = int.from_bytes(file.read(8)), 16
        if name == b"moov":
            continue  # its boxes come next
        if name == b"mvhd":
            layout = _LONG if file.read(1) == b"\x01" else _SHORT
            read_header = file.read(calcsize(layout))
            is_whole = len(read_header) == calcsize(layout)
            scale, length = unpack(layout, read_header) if is_whole else (0, 0)
            return length / scale if scale else 0
        if size < read:
            break
        file.seek(size - read, 1)
    return 0


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
