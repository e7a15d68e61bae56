"""The columns of a batch, as a spreadsheet names them in French or English, and what they hold.

The template that is offered for download is made of this table, and read by it.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, its name in each language, what to write in it, and an example."""

    code: str
    fr: str
    en: str
    says: Promise
    example_fr: str
    example_en: str

    def named(self, language: str) -> str:
        return self.fr if language == "fr" else self.en

    def example(self, language: str) -> str:
        return self.example_fr if language == "fr" else self.example_en


COLUMNS = (
    Column(
        "address",
        "adresse",
        "address",
        _("The exact address of the page; several on separate lines in the cell"),
        "https://images.example/album/1",
        "https://images.example/album/1",
    ),
    Column(
        "as_written",
        "adresse telle quelle",
        "address as written",
        _("yes, to send what is no address as it was written; else no"),
        "",
        "",
    ),
    Column(
        "place",
        "lieu hors du web",
        "place off the web",
        _("An account, a group, a number, where there is no address"),
        "",
        "",
    ),
    Column(
        "place_kind",
        "type de lieu",
        "kind of place",
        _("app, messaging, game or phone"),
        "",
        "",
    ),
    Column(
        "service",
        "service",
        "service",
        _("The name of the app, for content that is not on a website"),
        "",
        "",
    ),
    Column(
        "category",
        "catégorie",
        "category",
        _("A code or a name from the list; empty for “unknown”"),
        "hate",
        "hate",
    ),
    Column(
        "met_on",
        "vu le",
        "seen on",
        _("The day: 2026-11-24 or 24/11/2026"),
        "24/11/2026",
        "2026-11-24",
    ),
    Column("met_time", "vu à", "seen at", _("The time: 15:30"), "15:30", "15:30"),
    Column(
        "description",
        "ce que l'on voit",
        "what is seen",
        _("Two or three sentences; describe, never copy"),
        "Un album public dont les légendes appellent à frapper des passants.",
        "A public album whose captions call for people to be beaten.",
    ),
    Column(
        "identities",
        "qui est derrière",
        "who is behind it",
        _("Known facts: a pseudonym, an account; or “nothing known”"),
        "Rien de connu",
        "Nothing known",
    ),
    Column(
        "context",
        "contexte",
        "context",
        _("Origin, people concerned, and steps already taken"),
        "Signalé à notre permanence par un parent.",
        "A parent told our office.",
    ),
    Column("danger", "danger immédiat", "immediate danger", _("yes or no"), "non", "no"),
    Column(
        "reference",
        "votre référence",
        "your reference",
        _("Your own number, to find the report again"),
        "A-2026-001",
        "A-2026-001",
    ),
)
CODES = tuple(column.code for column in COLUMNS)
# What a download of faulty lines adds; it is not read.
REASON = "reason"
_REASONS = {"fr": "à corriger", "en": "to correct"}


def reason_named(language: str) -> str:
    """Return what the column of reasons is called."""
    return _REASONS.get(language, _REASONS["en"])


def code_of(name: str) -> str | None:
    """Return the code of a column by any of its names, however it is written; else None."""
    return _BY_NAME.get(plain(name))


def plain(text: str) -> str:
    """Return words without case, accents, punctuation and needless spaces."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold().replace("œ", "oe")
    kept = (letter if letter.isalnum() else " " for letter in letters if not _is_mark(letter))
    return " ".join("".join(kept).split())


def unknown_columns(names: Sequence[str]) -> list[str]:
    """Return the names that no column has."""
    return [name for name in names if name.strip() and code_of(name) is None]


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0


def _names() -> Mapping[str, str]:
    names = {
        plain(name): column.code
        for column in COLUMNS
        for name in (column.code, column.fr, column.en)
    }
    return (
        names
        | {plain(name): REASON for name in (REASON, *_REASONS.values())}
        | {
            "addresses": "address",
            "adresses": "address",
            "url": "address",
            "urls": "address",
        }
    )


_BY_NAME = _names()
