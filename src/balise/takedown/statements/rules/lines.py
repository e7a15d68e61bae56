"""A file of sent notices, CSV as a spreadsheet saves it, read line by line.

Tolerated: a byte-order mark; commas, semicolons or tabs; quotes; yes and no in several words; a
moment with Z, an offset or none (it is UTC then), and a space instead of its T.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.takedown.statements.rules.flagging import NO_ANSWER, Sending

COLUMNS = (
    "notice_id",
    "sent_at_utc",
    "provider",
    "category",
    "outcome",
    "hours_to_outcome",
    "sent_as_trusted_flagger",
)
LONGEST_CELL = 200
_YEARS = range(1990, 2200)

_SEPARATORS = (",", ";", "\t")
_YES = frozenset({"true", "1", "yes", "y", "oui", "o", "vrai"})
_NO = frozenset({"false", "0", "no", "n", "non", "faux"})
# Words for the outcomes of ours, however they are written; any other word is kept as it is.
_OUTCOMES = {
    "no answer": NO_ANSWER,
    "no_answer": NO_ANSWER,
    **{word: word for word in (NO_ANSWER, "removed", "restricted", "refused")},
    **{word: word for word in ("draft", "withdrawn")},
}
_ADDRESS = re.compile(r"\S@\S|://|\bwww\.|\w\.\w[\w.-]{0,253}/", re.ASCII | re.IGNORECASE)

_NO_UTF_8 = _("The file is not UTF-8. Save it as “CSV UTF-8”.")
_NO_COLUMNS = _("The first line must name the columns: %(columns)s. Missing: %(missing)s.")
_TWICE = _("The column “%(column)s” appears twice.")
_QUOTES = _("The quotes do not match, from this line to line %(last)d.")
_CELLS = _("This line has more or fewer cells than there are columns.")
_EMPTY = _("%(column)s is empty.")
_TOO_LONG = _("%(column)s is too long.")
_NO_MOMENT = _("sent_at_utc must be a moment, such as 2026-03-01T09:30Z.")
_NO_HOURS = _("hours_to_outcome must be a number of hours.")
_NEITHER = _("sent_as_trusted_flagger must be yes or no.")
_AN_ADDRESS = _("%(column)s contains an address; it must not be published.")


class FileUnreadable(Refused, code="file-unreadable"):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A line that cannot be counted: its number in the file, from 1, and why."""

    number: int
    reason: str


class _LineFaulty(ValueError):
    """Why a line cannot be counted."""


type Line = Sending | Faulty


def read(file: BinaryIO) -> Iterator[Line]:
    """Yield what each line of a file says; refuse (FileUnreadable) a file without our columns.

    The number of a line is that of its beginning in the file. Blank lines are skipped.
    """
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        yield from _read(text)
    except UnicodeDecodeError:
        raise FileUnreadable(str(_NO_UTF_8)) from None
    finally:
        text.detach()  # the file is not ours to close


def _read(text: io.TextIOWrapper) -> Iterator[Line]:
    header = text.readline()
    separator = max(_SEPARATORS, key=header.count)
    try:
        names = next(csv.reader([header], delimiter=separator), [])
    except csv.Error:
        names = []
    columns = [name.strip().lower() for name in names]
    _check(columns)
    rows = csv.reader(text, delimiter=separator, strict=True)
    while True:
        number = rows.line_num + 2  # the reader counts from the line after the header
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Faulty(number, _QUOTES % {"last": rows.line_num + 1})
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(columns):
            yield Faulty(number, str(_CELLS))
            continue
        cells = {name: " ".join(cell.split()) for name, cell in zip(columns, row, strict=True)}
        try:
            yield _sending(cells)
        except _LineFaulty as matter:
            yield Faulty(number, str(matter))


def _check(columns: list[str]) -> None:
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        named = {"columns": ", ".join(COLUMNS), "missing": ", ".join(missing)}
        raise FileUnreadable(_NO_COLUMNS % named)
    for column in COLUMNS:
        if columns.count(column) > 1:
            raise FileUnreadable(_TWICE % {"column": column})


def _sending(cells: Mapping[str, str]) -> Sending:
    outcome = cells["outcome"]
    return Sending(
        notice=_required(cells, "notice_id"),
        sent_at=_moment(cells["sent_at_utc"]),
        provider=_name(cells, "provider"),
        category=_name(cells, "category"),
        outcome=_OUTCOMES.get(outcome.lower(), _name(cells, "outcome") if outcome else ""),
        hours=_hours(cells["hours_to_outcome"]),
        as_trusted_flagger=_yes_or_no(cells["sent_as_trusted_flagger"]),
    )


def _required(cells: Mapping[str, str], column: str) -> str:
    value = cells[column]
    if not value:
        raise _fault(_EMPTY, column)
    if len(value) > LONGEST_CELL:
        raise _fault(_TOO_LONG, column)
    return value


def _name(cells: Mapping[str, str], column: str) -> str:
    value = _required(cells, column)
    if _ADDRESS.search(value) or _is(ip_address, value.strip("[]")):
        raise _fault(_AN_ADDRESS, column)
    return value


def _moment(text: str) -> datetime | None:
    """Return when a notice was sent; None where it never was: a draft."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise _LineFaulty(str(_NO_MOMENT)) from None
    if moment.year not in _YEARS:
        raise _LineFaulty(str(_NO_MOMENT))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _hours(text: str) -> float | None:
    if not text:
        return None
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        raise _LineFaulty(str(_NO_HOURS)) from None
    if not math.isfinite(hours) or hours < 0:
        raise _LineFaulty(str(_NO_HOURS))
    return hours


def _yes_or_no(text: str) -> bool:
    word = text.lower()
    if word not in _YES | _NO:
        raise _LineFaulty(str(_NEITHER))
    return word in _YES


def _fault(matter: Promise, column: str) -> _LineFaulty:
    return _LineFaulty(matter % {"column": column})


def _is(read_as: Callable[[str], object], text: str) -> bool:
    try:
        read_as(text)
    except ValueError:
        return False
    return True
