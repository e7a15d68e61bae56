"""A file of reports, CSV or JSON Lines, read line by line: what each line says, or why it cannot.

    address(es)   one or several, one a line within the cell (a list in JSON); required
    category      a code of the country's pack
    received_at   ISO 8601; a day alone is noon, a moment without a zone is the centre's
    description, reference, age_band
    reason        what `--errors` adds; not read

Memory does not grow with the file: one line at a time, none longer than LONGEST_LINE.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import BinaryIO, Protocol

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.given import EARLIEST, AnswersFaulty, Fault, Given, read

LONGEST_LINE = 1_048_576  # characters
COLUMNS = ("address", "category", "received_at", "description", "reference", "age_band")
REASON = "reason"
_KNOWN = frozenset([*COLUMNS, "addresses", REASON])
_ALSO = {"addresses": "address"}
_SEPARATORS = (";", ",", "\t")
_FORMULA = "=+-@\t\r＝＋－＠"  # what makes a spreadsheet take a cell for a formula
_LONGEST_DAY = len("2026-11-24")
_CLOCKS_DIFFER = timedelta(minutes=5)

_NO_UTF_8 = _("Line %(line)d is not UTF-8. Save the file as “CSV UTF-8” and import it again.")
_NO_HEADER = _("The first line must name the columns: %(columns)s.")
_UNKNOWN_COLUMN = _("The column “%(column)s” is not known. Known: %(columns)s.")
_TWICE = _("The column “%(column)s” is there twice.")
_TOO_LONG = _("This line is too long.")
_TOO_MANY_CELLS = _("This line has more cells than the first one has columns.")
_QUOTES = _("The quotes from this line on do not match; read again from line %(line)d.")
_NO_OBJECT = _("This line is not a JSON object.")
_NO_TEXT = _("This is not text.")
_NO_MOMENT = _("This is not a date or a moment, such as 2026-11-24 or 2026-11-24T15:30.")
_TOO_EARLY = _("This moment is too long ago.")
_TOO_LATE = _("This moment is in the future.")


class Format(StrEnum):
    """How a file of reports is written."""

    CSV = "csv"
    JSONL = "jsonl"


class FileRefused(Refused):
    """The file as a whole cannot be read: nothing of it is taken."""

    code = "file-refused"


@dataclass(frozen=True, slots=True)
class Understood:
    """A line that can be taken: its number in the file, from 1, and what it says."""

    number: int
    answers: Answers
    received_at: datetime


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


class Hashed(Protocol):
    """A running hash, such as `hashlib.sha256()`."""

    def update(self, data: bytes, /) -> None: ...


def examine(file: BinaryIO, *, into: Hashed) -> int:
    """Feed a whole file to a hash and return its size in bytes; refuse what is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size, lines = 0, 0
    while True:
        chunk = file.read(LONGEST_LINE)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            number = lines + 1 + error.object[: error.start].count(b"\n")
            raise FileRefused(_NO_UTF_8 % {"line": number}) from None
        if not chunk:
            return size
        into.update(chunk)
        size += len(chunk)
        lines += chunk.count(b"\n")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its columns as they are named, what separates them, and its lines."""

    columns: tuple[str, ...]
    separator: str
    lines: Iterator[Line]


def read_csv(file: BinaryIO, *, reading: Reading) -> Table:
    """Return a CSV file's lines, separated by `;`, `,` or tabs; refuse an unknown header."""
    texts = _NumberedLines(io.TextIOWrapper(file, "utf-8-sig", newline=""))
    header = next(texts, "")
    separator = max(_SEPARATORS, key=header.count)
    try:
        names = next(csv.reader([header], delimiter=separator), [])
    except csv.Error:
        names = []
    words = [name.strip().lower() for name in names]
    columns = tuple(_ALSO.get(word, word) for word in words)
    _check_columns(columns)
    return Table(columns, separator, _csv_lines(texts, columns, separator, reading))


def read_jsonl(file: BinaryIO, *, reading: Reading) -> Iterator[Line]:
    """Yield the lines of a JSON Lines file; blank ones are skipped."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(file)
            yield _refused(number, {}, "", "too-long", _TOO_LONG)
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield _read_object(number, line, reading)


class _NumberedLines:
    """The lines of a text, one at a time and of bounded length; `number` is that of the last."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text: io.TextIOWrapper | None = text
        self.number = 0
        self._goes_on = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE) if self._text else ""
        if not line:
            if self._text:
                self._text.detach()  # the file is not ours to close
                self._text = None
            raise StopIteration
        self.number += not self._goes_on
        self._goes_on = line[-1] not in "\r\n"
        return line


def _csv_lines(
    texts: _NumberedLines, columns: tuple[str, ...], separator: str, reading: Reading
) -> Iterator[Line]:
    # A stray quote would swallow the lines after it in silence, if this were not strict.
    rows = csv.reader(texts, delimiter=separator, strict=True)
    while True:
        number = texts.number + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            again = _QUOTES % {"line": texts.number + 1}
            yield _refused(number, {}, "", "quotes", again)
            continue
        if not any(row):
            continue
        cells = dict(zip(columns, map(_unquoted, row), strict=False))
        if len(row) > len(columns) and any(row[len(columns) :]):
            yield _refused(number, cells, "", "too-many-cells", _TOO_MANY_CELLS)
        else:
            yield _read(number, cells, _split(cells.get("address", "")), reading)


def _read_object(number: int, line: bytes, reading: Reading) -> Line:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        return _refused(number, {}, "", "not-an-object", _NO_OBJECT)
    cells = {name: value for name, value in found.items() if value is not None}
    faults = list(_faults_of_object(cells))
    if faults:
        return NotUnderstood(number, faults, cells)
    addresses = cells.get("addresses", cells.get("address", ""))
    if isinstance(addresses, str):
        addresses = _split(addresses)
    return _read(number, cells, addresses, reading)


def _faults_of_object(cells: Mapping[str, object]) -> Iterator[Fault]:
    if {"address", "addresses"} <= cells.keys():
        yield Fault("", "twice", _TWICE % {"column": "addresses"})
    for name, value in cells.items():
        texts = value if name == "addresses" and isinstance(value, list) else [value]
        if name not in _KNOWN:
            message = _UNKNOWN_COLUMN % {"column": name[:40], "columns": ", ".join(COLUMNS)}
            yield Fault("", "unknown-column", message)
        elif not all(isinstance(each, str) for each in texts):
            yield Fault(name, "not-text", str(_NO_TEXT))


def _split(addresses: str) -> Sequence[str]:
    """Return the addresses of one cell, each on a line of its own."""
    if "\n" not in addresses:
        return (addresses,) if addresses else ()
    return [line for line in addresses.splitlines() if line.strip()]


def _read(
    number: int, cells: Mapping[str, str], addresses: Sequence[str], reading: Reading
) -> Line:
    faults: Sequence[Fault] = ()
    answers = received_at = None
    try:
        answers = read(
            Given(
                addresses=addresses,
                category=cells.get("category", "").strip(),
                description=cells.get("description", ""),
                age_band=cells.get("age_band", "").strip(),
                reference=cells.get("reference", ""),
            ),
            country=reading.country,
            today=reading.at.date(),
        )
    except AnswersFaulty as refusal:
        faults = refusal.faults
    try:
        received_at = _moment(cells.get("received_at", "").strip(), reading)
    except _NotAMoment as matter:
        faults = (*faults, Fault("received_at", "not-a-moment", str(matter)))
    if answers is None or received_at is None:
        return NotUnderstood(number, faults, cells)
    return Understood(number, answers, received_at)


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


def _check_columns(columns: Sequence[str]) -> None:
    named = {"columns": ", ".join(COLUMNS)}
    if "address" not in columns:
        raise FileRefused(_NO_HEADER % named)
    for column in columns:
        if column not in _KNOWN:
            raise FileRefused(_UNKNOWN_COLUMN % {"column": column[:40], **named})
        if columns.count(column) > 1:
            raise FileRefused(_TWICE % {"column": column})


def _unquoted(cell: str) -> str:
    """Return a cell without the apostrophe by which `quoted` kept it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA and len(cell) > 1 else cell


def quoted(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; read again, it is what it was."""
    return f"'{cell}" if cell[:1] in _FORMULA and cell else cell


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _refused(
    number: int, cells: Mapping[str, object], field: str, code: str, message: str | Promise
) -> NotUnderstood:
    return NotUnderstood(number, (Fault(field, code, str(message)),), cells)
