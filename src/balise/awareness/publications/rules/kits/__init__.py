"""What a kit is made of, what it is called, and what an edition of it says of its files. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

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
