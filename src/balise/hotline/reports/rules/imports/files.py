"""A file of reports, CSV or JSON Lines, taken apart line by line.

Memory does not grow with the file: one line at a time, none longer than LONGEST_LINE.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.foundation.tables import unquoted
from balise.hotline.reports.rules.given import Fault

LONGEST_LINE = 1_048_576  # characters
COLUMNS = (
    "address",
    "as_written",
    "category",
    "received_at",
    "description",
    "reference",
    "age_band",
)
REASON = "reason"
KNOWN_COLUMNS = frozenset([*COLUMNS, "addresses", REASON])
_ALSO = {"addresses": "address"}
_SEPARATORS = (";", ",", "\t")

UNKNOWN_COLUMN = _("Unknown column “%(column)s”. Known: %(columns)s.")
TWICE = _("The column “%(column)s” appears twice.")
_NO_UTF_8 = _("Line %(line)d is not UTF-8. Save the file as “CSV UTF-8” and import it again.")
_NO_HEADER = _("The first line must name the columns: %(columns)s.")
_TOO_LONG = _("This line is too long.")
_TOO_MANY_CELLS = _("This line has more cells than there are columns.")
_QUOTES = _("The quotes from this line on do not match; read again from line %(line)d.")


class Format(StrEnum):
    """How a file of reports is written."""

    CSV = "csv"
    JSONL = "jsonl"


class FileRefused(Refused, code="file-refused"):
    """The file as a whole cannot be read: nothing of it is taken."""


class Written(NamedTuple):
    """A line as it was written: its number, from 1, its cells or its JSON, or why it has none."""

    number: int
    content: Mapping[str, str] | bytes
    fault: Fault | None = None


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


def format_of(file: BinaryIO) -> Format:
    """Return how a file is written, by its first line, and leave it at its beginning."""
    start = file.readline(LONGEST_LINE).removeprefix(codecs.BOM_UTF8)
    file.seek(0)
    return Format.JSONL if start.lstrip().startswith(b"{") else Format.CSV


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its columns as they are named, what separates them, and its lines."""

    columns: tuple[str, ...]
    separator: str
    lines: Iterator[Written]


def read_csv(file: BinaryIO) -> Table:
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
    return Table(columns, separator, _csv_lines(texts, columns, separator))


def read_jsonl(file: BinaryIO) -> Iterator[Written]:
    """Yield the lines of a JSON Lines file; blank ones are skipped."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(file)
            yield Written(number, b"", Fault("", "too-long", str(_TOO_LONG)))
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield Written(number, line)


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
    texts: _NumberedLines, columns: tuple[str, ...], separator: str
) -> Iterator[Written]:
    # A stray quote would swallow the lines after it in silence, if this were not strict.
    rows = csv.reader(texts, delimiter=separator, strict=True)
    is_ours = REASON in columns
    while True:
        number = texts.number + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            again = _QUOTES % {"line": texts.number + 1}
            yield Written(number, {}, Fault("", "quotes", again))
            continue
        if not any(row):
            continue
        cells = dict(zip(columns, map(unquoted, row) if is_ours else row, strict=False))
        if len(row) > len(columns) and any(row[len(columns) :]):
            yield Written(number, cells, Fault("", "too-many-cells", str(_TOO_MANY_CELLS)))
        else:
            yield Written(number, cells)


def _check_columns(columns: Sequence[str]) -> None:
    named = {"columns": ", ".join(COLUMNS)}
    if "address" not in columns:
        raise FileRefused(_NO_HEADER % named)
    for column in columns:
        if column not in KNOWN_COLUMNS:
            raise FileRefused(UNKNOWN_COLUMN % {"column": column[:40], **named})
        if columns.count(column) > 1:
            raise FileRefused(TWICE % {"column": column})


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass
