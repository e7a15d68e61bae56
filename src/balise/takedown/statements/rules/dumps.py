"""A dump of the DSA Transparency Database, CSV of the schema of 1 July 2025, read row by row.

What a row says in free text (facts, explanations, who gave notice) may speak of persons: it is read
past and never kept.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TextIO
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.takedown.law.rules import DSA_CATEGORIES
from balise.takedown.notices.rules.outcomes import Account, Outcome
from balise.takedown.statements.rules.matching import OURS, Source

# What a host said of a notice, compared with what the monitoring sees.


# Of the DSA Transparency Database: nobody sees the content any more.
GONE_DECISIONS = frozenset(
    {"DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED"}
)
# Of a notice: the host says that it is gone, or that it will not act.
_ACCEPTED = frozenset({"removed", "disabled"})
_REFUSED = frozenset({"refused"})


class Seen(TextChoices):
    """What the watch knows of a content."""

    UNWATCHED = "", _("Not monitored")
    UNKNOWN = "unknown", _("Unknown")
    ONLINE = "online", _("Still there")
    GONE = "gone", _("Gone")


class Contradicts(TextChoices):
    """How word and fact differ."""

    REFUSED_BUT_GONE = "refused-but-gone", _("Refused, but gone")
    ACCEPTED_BUT_THERE = "accepted-but-there", _("Accepted, but still there")


def decided(decisions: Iterable[str]) -> list[str]:
    """Return decisions of the database in words, each once; an unknown code stays as it is."""
    words = {outcome.dsa: str(outcome.label) for outcome in reversed(Outcome)}
    words |= {account.dsa: str(account.label) for account in Account}
    return list(dict.fromkeys(words.get(code, code) for code in decisions))


def contradiction(*, outcome: str, decisions: Iterable[str], seen: Seen) -> Contradicts | None:
    """Return how a host's word and the watch differ; None where they agree or nothing is known.

    `outcome` is what our notice has, `decisions` what confirmed statements say.
    """
    accepted = outcome in _ACCEPTED or not GONE_DECISIONS.isdisjoint(decisions)
    if accepted and seen is Seen.ONLINE:
        return Contradicts.ACCEPTED_BUT_THERE
    if outcome in _REFUSED and not accepted and seen is Seen.GONE:
        return Contradicts.REFUSED_BUT_GONE
    return None


_REQUIRED = ("category", "content_date", "application_date", "source_type")
_PLATFORM = ("platform_name", "platform")
_PUID = ("puid", "platform_uid")
_DECISIONS = (
    "decision_visibility",
    "decision_monetary",
    "decision_provision",
    "decision_account",
)
_EARLIEST = date(2000, 1, 1)
_CODE = re.compile(r"[A-Z][A-Z0-9_]{2,79}")
_EAN_13 = re.compile(r"\b\d{13}\b")
_NAMED = re.compile(r"sor-(?P<platform>.{1,120})-\d{4}-\d{2}-\d{2}-[a-z]+")
_LONGEST_PUID = 500
_LONGEST_NAME = 100
_LETTERS = re.compile(r"[\W_]+")

_NO_COLUMNS = _("This is not a file of statements: the first line does not name %(columns)s.")
_NO_PLATFORM = _("The rows name no platform: give it with --host.")


class DumpUnreadable(Refused, code="dump-unreadable"):
    """The file as a whole is no dump."""


@dataclass(frozen=True, slots=True)
class Corrupt:
    """A row that cannot be read: its line in the file, from 1, and why, as a code."""

    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is kept of a row: codes, days and numbers."""

    id: UUID
    platform: str
    puid: str
    source: Source
    categories: tuple[str, ...]
    keywords: tuple[str, ...]
    decisions: tuple[str, ...]
    ground: str
    content_on: date
    applied_on: date
    eans: tuple[str, ...]
    automated: str
    names_us: bool

    @property
    def is_gone(self) -> bool:
        """Whether it says that nobody sees the content any more."""
        return not GONE_DECISIONS.isdisjoint(self.decisions)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sound row that cannot answer a notice of ours, by its source.

    `stranger` is the platform's name where it followed a notice and the directory does not know it.
    """

    source: Source
    stranger: str = ""


type Row = Statement | PassedOver | Corrupt


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows may answer a notice: of these platforms (folded names), decided in these days.

    `known` are the platforms that the directory has, `only` is whose the rows are that name no
    platform, and `names` are those of the centre, folded.
    """

    platforms: frozenset[str]
    known: frozenset[str]
    first: date
    last: date
    only: str = ""
    names: frozenset[str] = frozenset()


def folded(name: str) -> str:
    """Return a platform's name without case, spaces and punctuation."""
    return _LETTERS.sub("", name).casefold()


def platform_in(file_name: str) -> str:
    """Return the platform that a published file's name says, or nothing for all of them."""
    found = _NAMED.search(file_name)
    name = found["platform"] if found else ""
    return "" if name == "global" else name


def read(text: TextIO, *, wanted: Wanted) -> Iterator[Row]:
    """Yield what each row says; refuse (DumpUnreadable) a file without the schema's columns."""
    rows = csv.reader(text, strict=True)
    try:
        header = [name.strip().lower().removeprefix("\ufeff") for name in next(rows, [])]
    except csv.Error:
        header = []
    columns = {name: place for place, name in enumerate(header)}
    missing = [name for name in _REQUIRED if name not in columns]
    if missing:
        raise DumpUnreadable(_NO_COLUMNS % {"columns": ", ".join(missing)})
    reader = _Reader(columns, wanted)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Corrupt(line, "quotes")
            continue
        if row:
            yield reader.row(line, row)


class _Reader:
    """Reads rows of one header."""

    def __init__(self, columns: Mapping[str, int], wanted: Wanted) -> None:
        self._columns = columns
        self._width = len(columns)
        self._wanted = wanted
        self._source = columns["source_type"]
        self._platform = next((columns[name] for name in _PLATFORM if name in columns), None)
        self._puid = next((columns[name] for name in _PUID if name in columns), None)
        self._applied = columns["application_date"]
        self._strangers: dict[str, str | None] = {}
        if self._platform is None and not wanted.only:
            raise DumpUnreadable(str(_NO_PLATFORM))
        if "uuid" not in columns and self._puid is None:
            raise DumpUnreadable(_NO_COLUMNS % {"columns": "uuid, puid"})

    def row(self, line: int, row: Sequence[str]) -> Row:
        if len(row) != self._width:
            return Corrupt(line, "cells")
        try:
            source = Source(row[self._source])
        except ValueError:
            return Corrupt(line, "source_type")
        stranger = self._stranger(self._name(row)) if source in OURS else ""
        if stranger is not None:
            return PassedOver(source, stranger)
        applied_on = _day(row[self._applied])
        if applied_on is None:
            return Corrupt(line, "application_date")
        if not self._wanted.first <= applied_on <= self._wanted.last:
            return PassedOver(source)
        return self._statement(line, row, source, applied_on)

    def _stranger(self, name: str) -> str | None:
        """Return None for a platform that got a notice, "" for one that we know, else its name."""
        if name not in self._strangers:
            key = folded(name)
            stranger = "" if key in self._wanted.known else name[:_LONGEST_NAME]
            self._strangers[name] = None if key in self._wanted.platforms else stranger
        return self._strangers[name]

    def _name(self, row: Sequence[str]) -> str:
        named = row[self._platform].strip() if self._platform is not None else ""
        return named or self._wanted.only

    def _statement(
        self, line: int, row: Sequence[str], source: Source, applied_on: date
    ) -> Statement | Corrupt:
        category = self._cell(row, "category")
        content_on = _day(self._cell(row, "content_date"))
        puid = row[self._puid].strip() if self._puid is not None else ""
        identity = self._identity(row, puid)
        if category not in DSA_CATEGORIES:
            return Corrupt(line, "category")
        if content_on is None:
            return Corrupt(line, "content_date")
        if identity is None or len(puid) > _LONGEST_PUID:
            return Corrupt(line, "puid")
        identity_words = folded(self._cell(row, "source_identity"))
        return Statement(
            id=identity,
            platform=self._name(row),
            puid=puid,
            source=source,
            categories=(category, *_codes(self._cell(row, "category_addition"))),
            keywords=_codes(self._cell(row, "category_specification")),
            decisions=tuple(code for name in _DECISIONS for code in _codes(self._cell(row, name))),
            ground=_first_code(self._cell(row, "decision_ground")),
            content_on=content_on,
            applied_on=applied_on,
            eans=tuple(_eans(row, self._columns)),
            automated=_first_code(self._cell(row, "automated_decision")),
            names_us=any(name in identity_words for name in self._wanted.names),
        )

    def _identity(self, row: Sequence[str], puid: str) -> UUID | None:
        given = self._cell(row, "uuid").strip()
        if given:
            try:
                return UUID(given)
            except ValueError:
                return None
        return uuid5(NAMESPACE_URL, f"{folded(self._name(row))}/{puid}") if puid else None

    def _cell(self, row: Sequence[str], name: str) -> str:
        place = self._columns.get(name)
        return "" if place is None else row[place]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return day if day >= _EARLIEST else None


def _codes(text: str) -> tuple[str, ...]:
    """Return the codes of a cell: one, or a list as JSON writes it."""
    return tuple(dict.fromkeys(_CODE.findall(text))) if text else ()


def _first_code(text: str) -> str:
    return next(iter(_codes(text)), "")


def _eans(row: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """Return the product numbers of a row: `content_id` is {"EAN-13": …}."""
    place = columns.get("content_id", columns.get("content_id_ean"))
    if place is None or not row[place]:
        return []
    try:
        told = json.loads(row[place])
    except ValueError:
        told = row[place]
    return _EAN_13.findall(str(told.get("EAN-13", "")) if isinstance(told, dict) else str(told))
