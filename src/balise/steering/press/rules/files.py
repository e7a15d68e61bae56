"""Rows of a file of press items, read: each is told, or refused with the reason."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.imports.rules.cells import FileUnreadable, day_of, number_of
from balise.steering.press.rules.syndication import (
    DayFaulty,
    EvidenceFaulty,
    Medium,
    NumberFaulty,
    Tone,
    WordsMissing,
    canonical,
    code_of,
    medium_of,
    plain,
    tone_of,
)

# By what press items are told apart, beside their medium.


class HeadingKind(TextChoices):
    """A topic lasts; a sequence is a moment, as a week of meetings or a start of school."""

    TOPIC = "topic", pgettext_lazy("press", "Topic")
    SEQUENCE = "sequence", pgettext_lazy("press", "Sequence")


# A press item as someone tells it, checked.


EARLIEST: Final = date(1990, 1, 1)
MOST: Final = 10**10
LONGEST: Final = 120
LONGEST_TITLE: Final = 300
LONGEST_SUMMARY: Final = 2_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTold:
    """What someone tells of an item.

    `topic`, `sequence` and `campaign` are codes. `audience` is opportunities to see, None where
    nobody told it. `equivalent` is what the place would have cost as advertising, in euros.
    `evidence` is the SHA-256 digest of a file that the office keeps.
    """

    day: date
    outlet: str
    title: str
    medium: Medium
    programme: str = ""
    summary: str = ""
    topic: str = ""
    sequence: str = ""
    campaign: str = ""
    address: str = ""
    audience: Quantity | None = None
    tone: Tone | None = None
    evidence: str = ""
    equivalent: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """By what an item is known again: its address, and its title of an outlet on a day."""

    address: str
    twin: str


def check(told: ItemTold, *, today: date) -> Keys:
    """Return by what an item is known again.

    Raises DayFaulty, WordsMissing, AddressFaulty, NumberFaulty and EvidenceFaulty.
    """
    if told.day > today:
        raise DayFaulty(_("This day has not come yet."))
    if told.day < EARLIEST:
        raise DayFaulty(_("This day is too long ago."))
    outlet, title = plain(told.outlet), plain(told.title)
    if not outlet or not title:
        raise WordsMissing(_("Enter the outlet and the title."))
    if told.audience is not None:
        whole(told.audience)
    if told.evidence and not _DIGEST.fullmatch(told.evidence):
        raise EvidenceFaulty(_("Enter the SHA-256 digest of the file: 64 digits and letters."))
    twin = sha256(f"{told.day}\n{outlet}\n{title}".encode()).hexdigest()
    return Keys(canonical(told.address), twin)


def whole(quantity: Quantity) -> int:
    """Return an audience, or a price. Raises NumberFaulty."""
    value = quantity.value
    if value != value.to_integral_value() or not 0 <= value <= MOST:
        raise NumberFaulty(_("Enter a whole number, zero or more."))
    return int(value)


def quantity_of(value: int | None, bound: str) -> Quantity | None:
    """Return an audience with its bound, as a table keeps them."""
    return None if value is None else Quantity(Decimal(value), Bound(bound))


# Each field with what people read of it, and the names that columns have, as `plain` writes them.
FIELDS: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "day": (pgettext_lazy("press", "Day"), "day, date, jour, date de parution, date de diffusion"),
    "outlet": (pgettext_lazy("press", "Outlet"), "outlet, media, titre du media, support, source"),
    "programme": (pgettext_lazy("press", "Programme"), "programme, emission, rubrique, program"),
    "title": (pgettext_lazy("press", "Title"), "title, titre, titre de l article, headline"),
    "summary": (pgettext_lazy("press", "Summary"), "summary, resume, extrait, description"),
    "medium": (
        pgettext_lazy("press", "Medium"),
        "medium, type de media, type, categorie de media, media type",
    ),
    "topic": (pgettext_lazy("press", "Topic"), "topic, theme, thematique, sujet"),
    "sequence": (pgettext_lazy("press", "Sequence"), "sequence, temps fort, moment"),
    "campaign": (gettext_lazy("Code of the campaign"), "campaign, campagne, code de campagne"),
    "address": (pgettext_lazy("press", "Web address"), "address, url, lien, link, adresse"),
    "audience": (pgettext_lazy("press", "Audience"), "audience, odv, ots, contacts, reach"),
    "tone": (pgettext_lazy("press", "Tone"), "tone, tonalite, ton, sentiment"),
    "evidence": (
        pgettext_lazy("press", "Digest of the evidence"),
        "evidence, preuve, empreinte, sha256, sha 256",
    ),
    "equivalent": (
        pgettext_lazy("press", "Advertising equivalent"),
        "equivalent, ave, eap, equivalent publicitaire, equivalent achat d espace",
    ),
}
NEEDED: Final = ("day", "outlet", "title")
_LONGEST: Final = {"title": LONGEST_TITLE, "summary": LONGEST_SUMMARY}


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number, what it tells, or why it is refused."""

    number: int
    told: ItemTold | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """Topics and sequences by code, and those that rows name and nobody added yet."""

    known: Mapping[HeadingKind, Mapping[str, str]]
    added: dict[HeadingKind, dict[str, str]] = field(
        default_factory=lambda: {kind: {} for kind in HeadingKind}
    )

    def code(self, kind: HeadingKind, name: str) -> str:
        """Return the code of a heading, by its code or name; a new one is among those added."""
        said = plain(name)
        if not said:
            return ""
        for codes in (self.known[kind], self.added[kind]):
            for code, known in codes.items():
                if said in {plain(known), plain(code)}:
                    return code
        code = code_of(name)
        if code:
            self.added[kind][code] = name.strip()[:LONGEST]
        return code


def columns_of(head: Sequence[str]) -> Mapping[str, int]:
    """Return the place of each field that the head names. Raises FileUnreadable.

    Day, outlet and title are needed; a field that two columns name is refused.
    """
    found: dict[str, int] = {}
    for place, name in enumerate(head):
        of = _field(name)
        if of and of in found:
            twice = gettext("Two columns say “%(column)s”. Leave one out.")
            raise FileUnreadable(twice % {"column": FIELDS[of][0]})
        if of:
            found[of] = place
    missing = [str(FIELDS[name][0]) for name in NEEDED if name not in found]
    if missing:
        fault = gettext("The first row has to name the columns. Missing: %(columns)s.")
        raise FileUnreadable(fault % {"columns": ", ".join(missing)})
    return found


def left_out(head: Sequence[str]) -> list[str]:
    """Return the names of columns that are not read."""
    return [name for name in head if name and not _field(name)]


def read(
    head: Sequence[str],
    lines: Iterable[tuple[int, Sequence[str]]],
    *,
    headings: Headings,
    campaign: Callable[[str], str],
    keeps_equivalent: bool,
) -> list[Line]:
    """Return what each row tells, or why it is refused. Raises FileUnreadable.

    `campaign` returns a code as it is kept, and refuses one that there is not.
    """
    columns = columns_of(head)
    found = []
    for number, cells in lines:
        row = {name: _cell(cells, place) for name, place in columns.items()}
        try:
            told = _told(row, headings, campaign, keeps_equivalent=keeps_equivalent)
        except Refused as refusal:
            found.append(Line(number, refused=refusal.message))
        else:
            found.append(Line(number, told))
    return found


def _told(
    row: Mapping[str, str],
    headings: Headings,
    campaign: Callable[[str], str],
    *,
    keeps_equivalent: bool,
) -> ItemTold:
    said = {name: row.get(name, "") for name in FIELDS}
    for name in ("outlet", "programme", "title", "summary"):
        longest = _LONGEST.get(name, LONGEST)
        if name != "summary" and len(said[name]) > longest:
            fault = gettext("“%(column)s” is too long.")
            raise WordsMissing(fault % {"column": FIELDS[name][0]})
        said[name] = said[name][:longest]
    equivalent = said["equivalent"] if keeps_equivalent else ""
    return ItemTold(
        day=day_of(said["day"]),
        outlet=said["outlet"],
        programme=said["programme"],
        title=said["title"],
        summary=said["summary"],
        medium=medium_of(said["medium"]) if said["medium"] else Medium.ONLINE,
        campaign=campaign(said["campaign"]) if said["campaign"] else "",
        address=said["address"],
        audience=number_of(said["audience"]) if said["audience"] else None,
        tone=tone_of(said["tone"]),
        evidence=said["evidence"].lower(),
        equivalent=whole(number_of(equivalent)) if equivalent else None,
        # Last: what a row names that is refused is not added.
        topic=headings.code(HeadingKind.TOPIC, said["topic"]),
        sequence=headings.code(HeadingKind.SEQUENCE, said["sequence"]),
    )


def _field(name: str) -> str:
    said = plain(name)
    return next((one for one, (_label, names) in FIELDS.items() if said in names.split(", ")), "")


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
