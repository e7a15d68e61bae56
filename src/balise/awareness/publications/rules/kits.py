"""What a kit is made of, what it is called, and what an edition of it says of its files. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final

import segno
from django.utils.translation import gettext, gettext_lazy as _, ngettext

KIND: Final = "kit"
MOST_PARTS: Final = 12
LONGEST_STRUCTURE: Final = 80  # characters of a structure's name
TYPES: Final[Mapping[str, str]] = {  # of the files that leave, by the end of their name
    ".zip": "application/zip",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SOURCE: Final = "print.json"  # what the print is made of; it is never handed out
_LONGEST_NAME: Final = 60
_GAP: Final = re.compile(r"[^a-z0-9]+")


class What(StrEnum):
    """What a part of a kit is."""

    WORKSHOP = "workshop"
    GUIDE = "guide"
    SHEET = "sheet"
    FAMILY = "family"
    MEMO = "memo"
    EVALUATION = "evaluation"


class Made(StrEnum):
    """What we make of a kit, beside its parts."""

    PRINT = "print"
    SLIDES = "slides"
    CARD = "card"


WORDS: Final = {
    What.WORKSHOP: _("Workshop"),
    What.GUIDE: _("Guide for the adult"),
    What.SHEET: _("Sheet"),
    What.FAMILY: _("For the family"),
    What.MEMO: _("Memo for pupils"),
    What.EVALUATION: _("Evaluation"),
}

MADE: Final = {
    Made.PRINT: _("The whole kit to print"),
    Made.SLIDES: _("Slides to change"),
    Made.CARD: _("The card for the adult"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a kit: what it is, how long it takes (minutes; 0 where not said), where it is read.

    `address` is a path of the public door; "" for a file that stands in the kit alone.
    """

    what: str
    title: str
    minutes: int
    address: str
    file: str  # its name in the kit


@dataclass(frozen=True, slots=True)
class File:
    """A file of an edition, with whom to name for it; `role` is a `What` or a `Made`."""

    name: str
    role: str
    title: str
    octets: bytes
    credit: str
    licence: str


def file_name(at: int, title: str, ending: str) -> str:
    """Return the name of a file: its place in the kit, and its title in plain letters."""
    return f"{at:02}-{slug(title)}{ending}"


def slug(title: str) -> str:
    """Return a title in small letters without accents, for the name of a file."""
    parts = unicodedata.normalize("NFKD", title.lower().replace("œ", "oe"))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return _GAP.sub("-", plain).strip("-")[:_LONGEST_NAME].strip("-") or "kit"


def lines_of(text: str) -> list[str]:
    """Return what an editor wrote as lines, each once and none empty."""
    return list(dict.fromkeys(line.strip(" -–•\t") for line in text.splitlines() if line.strip()))


def manifest(
    *,
    title: str,
    language: str,
    number: int,
    address: str,
    licence: str,
    credit: str,
    changes: Sequence[str],
    files: Iterable[File],
) -> dict[str, Any]:
    """Return what `manifest.json` says: the kit, and of each file its size and SHA-256.

    No moment is in it, so that the same contents are the same octets.
    """
    return {
        "title": title,
        "language": language,
        "version": number,
        "address": address,
        "licence": licence,
        "credit": credit,
        "changes": list(changes),
        "files": [described(each) for each in files],
    }


def described(file: File) -> dict[str, Any]:
    """Return a file as the manifest says it."""
    said = asdict(file)
    octets = said.pop("octets")
    return {**said, "bytes": len(octets), "sha256": sha256(octets).hexdigest()}


def structure_of(typed: str) -> str:
    """Return the name of a structure on one line, cut where it is too long for a cover."""
    kept = "".join(each for each in typed if each.isprintable())
    return " ".join(kept.split())[:LONGEST_STRUCTURE].strip()


# A page's HTML as blocks of words, for what is not drawn by a browser. Pure.


_ALONE: Final = frozenset({"h2", "h3", "p"})
_LISTS: Final = frozenset({"ul", "ol"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `href` is where they lead."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (h2, h3), a paragraph (p) of one line, or a list (ul, ol) of several."""

    kind: str
    lines: list[list[Run]] = field(default_factory=list)

    def said(self) -> list[str]:
        """Return its lines in words alone."""
        return ["".join(run.text for run in line) for line in self.lines]


def blocks_of(html: str, *, site: str) -> list[Block]:
    """Return the blocks of HTML made of `rules.BODY`; addresses without a host get `site`.

    A list in a list is told by the entries of the outer one.
    """
    reader = _Reader(site)
    reader.feed(html)
    reader.close()
    whole = [Block(each.kind, [line for line in each.lines if line]) for each in reader.blocks]
    return [block for block in whole if block.lines]


class _Reader(HTMLParser):
    def __init__(self, site: str) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._site = site
        self._within: list[str] = []
        self._href = ""
        self._lists = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ALONE and not self._lists:
            self.blocks.append(Block(tag, [[]]))
        elif tag in _LISTS:
            self._lists += 1
            if self._lists == 1:
                self.blocks.append(Block(tag))
        elif tag == "li" and self.blocks:
            self.blocks[-1].lines.append([])
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._href = f"{self._site}{href}" if href.startswith("/") else href
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _LISTS:
            self._lists -= 1
        elif tag == "a":
            self._href = ""
        if tag in self._within:
            del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.blocks or not self.blocks[-1].lines or not data.strip("\n"):
            return
        strong = bool({"b", "strong"} & set(self._within))
        emphasis = bool({"i", "em"} & set(self._within))
        self.blocks[-1].lines[-1].append(Run(data, strong, emphasis, self._href))


# What a kit to print says, as `documents/kit.typ` reads it. Pure.


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number to call, and when."""

    number: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Card:
    """The card for the adult: what to say and do, and whom to call."""

    says: Sequence[str]
    numbers: Sequence[Telephone]


@dataclass(frozen=True, slots=True)
class Printed:
    """A part of a kit as it is printed; `says` is what it is and how long it takes."""

    title: str
    says: str
    summary: str = ""
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What one document says; `parts` may be none, where it is the card alone."""

    title: str
    language: str
    organisation: str
    address: str
    edition: str
    card: Card
    summary: str = ""
    parts: Sequence[Printed] = ()
    apart: Sequence[str] = ()
    licence: str = ""
    credits: Sequence[str] = ()
    cover: bool = False
    with_card: bool = False


def as_told(paper: Paper) -> dict[str, Any]:
    """Return a paper in the active language; `structure` is empty, for who puts a name there."""
    card = {
        **asdict(paper.card),
        "title": gettext("After the lesson, a child talks"),
        "asks": gettext("A child talks?"),
    }
    return {
        **asdict(paper),
        "card": card,
        "page": gettext("Page"),
        "contents": gettext("In this kit"),
        "offered": gettext("Offered by"),
        "scan": gettext("The whole kit, up to date"),
        "apart_says": gettext("To print apart, from the folder:"),
        "footer": f"{paper.organisation} – {paper.title} – {paper.edition}",
        "qr": qr(paper.address),
        "structure": "",
    }


def qr(address: str) -> str:
    """Return an address as a drawing to scan (SVG)."""
    written = BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", border=0, scale=4)
    return written.getvalue().decode()


def takes(minutes: int) -> str:
    """Return how long something takes, in words; "" where it is not said."""
    if not minutes:
        return ""
    said = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes)
    return said % {"minutes": minutes}


def joined(words: Iterable[str]) -> str:
    """Return what is said, with points between."""
    return " · ".join(filter(None, words))
