"""What a kit to print says, as `documents/kit.typ` reads it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import segno
from django.utils.translation import gettext as _, ngettext

from balise.awareness.publications.rules.kits.texts import Block


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
        "title": _("After the lesson, a child talks"),
        "asks": _("A child talks?"),
    }
    return {
        **asdict(paper),
        "card": card,
        "page": _("Page"),
        "contents": _("In this kit"),
        "offered": _("Offered by"),
        "scan": _("The whole kit, up to date"),
        "apart_says": _("To print apart, from the folder:"),
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
