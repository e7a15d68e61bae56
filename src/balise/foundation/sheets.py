"""Rows of a sheet that someone sent, CSV or XLSX. Nothing is run in it.

CSV   UTF-8, UTF-16 with its mark, or as an older spreadsheet saves it (Windows-1252); `;`, `,` or
      tabs
XLSX  the first sheet; values alone, no formula is computed and no link is followed
"""

import csv
import io
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

# An honest sheet of so many bytes grows some twentyfold; what grows without measure is a bomb.
MOST_UNPACKED: Final = 60_000_000
MOST_GROWTH: Final = 200
MOST_MEMBERS: Final = 500
_SMALL: Final = 1_000_000
_SEPARATORS: Final = (";", ",", "\t")

type Numbered = Iterator[tuple[int, list[str]]]


class SheetUnreadable(ValueError):
    """It is no sheet that is read here."""


class SheetBroken(SheetUnreadable):
    """A quotation that began in line `line` does not end: what follows cannot be told apart."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}")


class SheetGrows(SheetUnreadable):
    """It unpacks to far more than a sheet does; it was not opened."""


def is_workbook(content: bytes) -> bool:
    """Return whether a file is a workbook by what it holds: its name may say anything."""
    return content.startswith(b"PK\x03\x04")


def of_csv(content: bytes) -> Numbered:
    """Yield each row with the number of its line. Raises SheetUnreadable, SheetBroken."""
    text = _text(content)
    if "\0" in text:
        raise SheetUnreadable
    number = 1
    first = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=first.count), strict=True
    )
    try:
        while True:
            number = rows.line_num + 1
            row = next(rows, None)
            if row is None:
                return
            yield number, row
    except csv.Error:
        raise SheetBroken(number) from None


def of_workbook(content: bytes, *, most_rows: int, most_columns: int) -> Numbered:
    """Yield so many rows of the first sheet, each with its number. Raises SheetUnreadable."""
    import openpyxl  # noqa: PLC0415 - with numpy, a sixth of a second of each process

    _check_archive(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False, keep_vba=False
        )
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        for number, row in enumerate(rows, start=1):
            yield number, [_written(value) for value in row]
    except Exception:  # noqa: BLE001 - the library raises whatever a broken file makes it meet
        raise SheetUnreadable from None


def _text(content: bytes) -> str:
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _check_archive(content: bytes) -> None:
    """Refuse an archive that is no workbook, or that grows without measure, before it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise SheetUnreadable from None
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise SheetUnreadable
    grows = any(
        member.file_size > _SMALL and member.file_size > MOST_GROWTH * max(member.compress_size, 1)
        for member in members
    )
    unpacked = sum(member.file_size for member in members)
    if grows or unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise SheetGrows


def _written(value: Any) -> str:
    """Return a sheet's value as a person would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.time() != time():
            written = value.isoformat(" ")
        case date():
            written = f"{value:%Y-%m-%d}"
        case time():
            written = f"{value:%H:%M}"
        case float() if value.is_integer():
            written = str(int(value))
        case _:
            written = str(value)
    return written
