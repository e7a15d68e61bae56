"""A partner's file of reports, CSV, XLSX or JSON, taken apart by a child with limits, line by line.

Nothing is run in it.

CSV   UTF-8, or as an older spreadsheet saves it (Windows-1252); `;`, `,` or tabs
XLSX  the first sheet; values alone, no formula is computed and no link is followed
JSON  a list of objects, or one object a line
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation import apart, sheets
from balise.foundation.refusals import Refused
from balise.foundation.tables import as_csv, unquoted
from balise.hotline.desk.rules.columns import COLUMNS, REASON, code_of, unknown_columns

MOST_BYTES = 5_000_000
MOST_LINES = 2_000
MOST_COLUMNS = 60
LONGEST_CELL = 32_767  # what a spreadsheet's own cell can hold

_TOO_LARGE = _("The file is too large: 5 MB and 2,000 lines at most. Split it.")
_EMPTY = _("The file has no line of reports.")
_UNREADABLE = _("The file cannot be read. Save it as XLSX, “CSV UTF-8” or JSON.")
_BOMB = _("The file expands too much. It was not opened.")
_NO_ADDRESS = _(
    "The first line must name the columns. The address column is missing. Download the template."
)
_UNKNOWN = _("Unknown columns: %(columns)s. Download the template.")
_TWICE = _("The column “%(column)s” appears twice.")
_TOO_LONG = _("A cell of this line is too long.")
_NOT_TEXT = _("“%(column)s” contains neither a text nor a list of texts.")
_NO_OBJECT = _("This is not a JSON object.")


class Form(StrEnum):
    """How a batch came."""

    FORM = "form"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class FileRefused(Refused, code="file-refused"):
    """The file as a whole cannot be read: nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number as the file's own program shows it, its cells, or what is wrong."""

    number: int
    cells: dict[str, str]
    matter: str = ""


def form_of(content: bytes) -> Form:
    """Return how a file is written, by what it holds: its name may say anything."""
    if sheets.is_workbook(content):
        return Form.XLSX
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return Form.JSON if start in {b"[", b"{"} else Form.CSV


def read(content: bytes) -> tuple[Form, list[Line]]:
    """Return a file's form and its lines; refuse (FileRefused) what is no file of reports."""
    if len(content) > MOST_BYTES:
        raise _refused(_TOO_LARGE)
    form = form_of(content)
    try:
        lines = _json(content) if form is Form.JSON else _sheet(content)
        found = list(islice(lines, MOST_LINES + 1))
    except apart.Unreadable as fault:
        raise _unreadable(fault) from None
    if len(found) > MOST_LINES:
        raise _refused(_TOO_LARGE)
    if not found:
        raise _refused(_EMPTY)
    return form, found


def _unreadable(fault: apart.Unreadable) -> FileRefused:
    if fault.code == "key-twice":
        return FileRefused(_TWICE % {"column": fault.detail})
    return _refused({"grows": _BOMB, "rows": _TOO_LARGE}.get(fault.code, _UNREADABLE))


def _sheet(content: bytes) -> Iterator[Line]:
    read = apart.sheet(
        content, most_rows=MOST_LINES + 1, most_columns=MOST_COLUMNS, longest=LONGEST_CELL
    )
    if read.broken is not None:
        raise _refused(_UNREADABLE)
    return _lines(read.rows)


def _json(content: bytes) -> Iterator[Line]:
    for number, entry, twice in apart.entries(content):
        if twice:
            yield Line(number, {}, _TWICE % {"column": twice})
            continue
        if not isinstance(entry, dict):
            yield Line(number, {}, str(_NO_OBJECT))
            continue
        _check(list(entry), has_address=False)
        cells: dict[str, str] = {}
        matter = ""
        for name, value in entry.items():
            try:
                cells[code_of(name) or name] = _json_text(value)
            except TypeError:
                matter = _NOT_TEXT % {"column": name[:40]}
        yield _line(number, cells, matter)


def _json_text(value: object) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    raise TypeError


def _lines(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Line]:
    columns: list[str] | None = None
    is_ours = False
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _check(row)
            is_ours = REASON in columns
            continue
        cells = {
            code: (unquoted(cell) if is_ours else cell).strip()
            for code, cell in zip(columns, row, strict=False)
            if code and code != REASON
        }
        if any(cells.values()):
            yield _line(number, cells)


def _line(number: int, cells: dict[str, str], matter: str = "") -> Line:
    cells.pop(REASON, None)
    if any(len(cell) > LONGEST_CELL for cell in cells.values()):
        short = {code: cell[:LONGEST_CELL] for code, cell in cells.items()}
        return Line(number, short, str(_TOO_LONG))
    return Line(number, cells, matter)


def _check(names: Sequence[str], *, has_address: bool = True) -> list[str]:
    """Return the codes of the columns, empty for one without a name; refuse an unknown header."""
    unknown = unknown_columns(names)
    codes = [code_of(name) or "" for name in names]
    if has_address and not {"address", "place"} & set(codes):
        raise _refused(_NO_ADDRESS)
    if unknown:
        shown = ", ".join(name[:40] for name in unknown[:5])
        raise FileRefused(_UNKNOWN % {"columns": shown})
    for code in codes:
        if code and codes.count(code) > 1:
            raise FileRefused(_TWICE % {"column": code})
    return codes


def _refused(matter: Promise) -> FileRefused:
    return FileRefused(str(matter))


# The template of a batch, in French or English: CSV, XLSX or JSON, with one example to replace.


CONTENT_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.JSON: "application/json",
}
_SHEET = {"fr": "Signalements", "en": "Reports"}
_HELP = {"fr": "Aide", "en": "Help"}


def template(form: Form, *, language: str, codes: list[tuple[str, str]]) -> bytes:
    """Return the template in one form; `codes` are the categories, as (code, name)."""
    if form is Form.XLSX:
        return _xlsx(language, codes)
    example = {column.named(language): column.example(language) for column in COLUMNS}
    if form is Form.JSON:
        return orjson.dumps([example], option=orjson.OPT_INDENT_2)
    return as_csv([example, example.values()]).encode()


def _xlsx(language: str, codes: list[tuple[str, str]]) -> bytes:
    # A sixth of a second of each process, were it imported above.
    import openpyxl  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET[language]
    for place, column in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, place, column.named(language))
        head.font = Font(bold=True)
        example = sheet.cell(2, place, column.example(language))
        example.number_format = "@"  # as text: no program may read a day or a number into it
        example.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 24
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_HELP[language])
    for column in COLUMNS:
        notes.append([column.named(language), str(column.says)])
    notes.append([])
    for code, name in codes:
        notes.append([code, name])
    notes.column_dimensions["A"].width = 28
    notes.column_dimensions["B"].width = 90
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
