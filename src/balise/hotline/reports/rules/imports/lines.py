"""What a line of a file of reports means, or why it cannot be taken.

address(es)   one or several, one a line within the cell (a list in JSON); required
as_written    1, true, yes or oui: what is no address is kept as words (true in JSON)
category      a code of the country's pack
received_at   ISO 8601; a day alone is noon, a moment without a zone is the centre's
description, reference, age_band
reason        what `--errors` adds; not read
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext_lazy as _

from balise.foundation import strict_json
from balise.hotline.reports.rules.given import (
    EARLIEST,
    Answers,
    AnswersFaulty,
    Fault,
    Given,
    Note,
    notes_of,
    read,
)
from balise.hotline.reports.rules.imports.files import (
    COLUMNS,
    KNOWN_COLUMNS,
    TWICE,
    UNKNOWN_COLUMN,
    Written,
)
from balise.takedown.tracing.rules.addresses import CHANGES
from balise.takedown.tracing.rules.written import apart

_LONGEST_DAY = len("2026-11-24")
_CLOCKS_DIFFER = timedelta(minutes=5)

_MAY_PART = re.compile(r"[\s,;]")
_LINE_END = re.compile(r"[\r\n]+")
_YES = frozenset({"1", "true", "yes", "oui", "x"})

_NO_OBJECT = _("This line is not a JSON object.")
_NO_TEXT = _("This is not text.")
_NO_MOMENT = _("Enter a date or a moment, such as 2026-11-24 or 2026-11-24T15:30.")
_TOO_EARLY = _("This moment is too long ago.")
_TOO_LATE = _("This moment is in the future.")


@dataclass(frozen=True, slots=True)
class Understood:
    """A line that can be taken: its number in the file, from 1, and what it says."""

    number: int
    answers: Answers
    received_at: datetime
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line that cannot be taken: why, and its cells as they were written, to be corrected."""

    number: int
    faults: Sequence[Fault]
    cells: Mapping[str, object]

    @property
    def reason(self) -> str:
        """Return the faults in one line, each after its field."""
        return "; ".join(
            f"{_place_of(fault)}: {fault.message}" if fault.field else fault.message
            for fault in self.faults
        )


def _place_of(fault: Fault) -> str:
    return f"{fault.field} {fault.index + 1}" if fault.index else fault.field


type Line = Understood | NotUnderstood


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the lines are read against: the country's categories, the centre's zone, this moment."""

    country: str
    zone: tzinfo
    at: datetime


def understand(written: Written, *, reading: Reading) -> Line:
    """Return what a line says, or every reason why it cannot be taken; no error leaves here."""
    number, content, fault = written
    if fault is not None:
        return NotUnderstood(number, (fault,), {} if isinstance(content, bytes) else content)
    if isinstance(content, bytes):
        return _read_object(number, content, reading)
    return _read(number, content, content.get("address", ""), reading)


def _read_object(number: int, line: bytes, reading: Reading) -> Line:
    try:
        found = strict_json.loads(line)
    except strict_json.KeyTwice as error:
        message = TWICE % {"column": error.key[:40]}
        return NotUnderstood(number, (Fault("", "twice", message),), {})
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return NotUnderstood(number, (Fault("", "not-an-object", str(_NO_OBJECT)),), {})
    cells = {name: value for name, value in found.items() if value is not None}
    faults = list(_faults_of_object(cells))
    if faults:
        return NotUnderstood(number, faults, cells)
    addresses = cells.get("addresses", cells.get("address", ""))
    return _read(number, cells, addresses, reading)


def _faults_of_object(cells: Mapping[str, object]) -> Iterator[Fault]:
    if {"address", "addresses"} <= cells.keys():
        yield Fault("", "twice", TWICE % {"column": "addresses"})
    for name, value in cells.items():
        texts = value if name == "addresses" and isinstance(value, list) else [value]
        if name not in KNOWN_COLUMNS:
            message = UNKNOWN_COLUMN % {"column": name[:40], "columns": ", ".join(COLUMNS)}
            yield Fault("", "unknown-column", message)
        elif not all(isinstance(each, str) for each in texts) and not (
            name == "as_written" and isinstance(value, bool)
        ):
            yield Fault(name, "not-text", str(_NO_TEXT))


def _named(cell: str, *, as_written: bool) -> tuple[Sequence[str], tuple[Note, ...]]:
    """Return the addresses of one cell, each on a line or one after the other on one, and a note.

    The note says that one line was taken apart.
    """
    if not _MAY_PART.search(cell):
        return ((cell,) if cell else ()), ()
    lines = [line for line in _LINE_END.split(cell) if line.strip()]
    if as_written:
        return lines, ()
    parted = [each for line in lines for each in apart(line)]
    is_parted = len(parted) > len(lines)
    return parted, (Note(0, "split", str(CHANGES["split"])),) if is_parted else ()


def _read(
    number: int, cells: Mapping[str, str], addresses: str | Sequence[str], reading: Reading
) -> Line:
    as_written = "as_written" in cells and str(cells["as_written"]).strip().lower() in _YES
    notes: tuple[Note, ...] = ()
    if isinstance(addresses, str):
        addresses, notes = _named(addresses, as_written=as_written)
    faults: Sequence[Fault] = ()
    answers = received_at = None
    try:
        answers = read(
            Given(
                addresses=addresses,
                as_written=as_written,
                category=cells.get("category", "").strip(),
                description=cells.get("description", ""),
                age_band=cells.get("age_band", "").strip(),
                reference=cells.get("reference", ""),
            ),
            country=reading.country,
            today=reading.at.astimezone(reading.zone).date(),
        )
    except AnswersFaulty as refusal:
        faults = refusal.faults
    try:
        received_at = _moment(cells.get("received_at", "").strip(), reading)
    except _NotAMoment as matter:
        faults = (*faults, Fault("received_at", "not-a-moment", str(matter)))
    if answers is None or received_at is None:
        return NotUnderstood(number, faults, cells)
    return Understood(number, answers, received_at, notes + notes_of(answers.places))


class _NotAMoment(ValueError):
    """Why a text is no moment at which a report may have been received."""


def _moment(text: str, reading: Reading) -> datetime:
    if not text:
        return reading.at
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _NotAMoment(_NO_MOMENT) from None
    if moment.date() < EARLIEST:
        raise _NotAMoment(_TOO_EARLY)
    if moment.year > reading.at.year + 1:  # so far away that it may not be there in UTC
        raise _NotAMoment(_TOO_LATE)
    if len(text) <= _LONGEST_DAY:
        return _noon(moment.date(), reading)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=reading.zone)
    if moment > reading.at + _CLOCKS_DIFFER:
        raise _NotAMoment(_TOO_LATE)
    return moment.astimezone(UTC)


def _noon(day: date, reading: Reading) -> datetime:
    if day > reading.at.astimezone(reading.zone).date():
        raise _NotAMoment(_TOO_LATE)
    noon = datetime.combine(day, time(12), tzinfo=reading.zone)
    return min(noon.astimezone(UTC), reading.at)
