"""Files that strangers and editors wrote, taken apart in a child with limits: plain values return.

One file at a time in a process, three wait; another one raises LaneFull (`limited.lanes`).

What a file means is read here, from these values; what its format can do to a process stays there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from balise.foundation import sheets, strict_json, strict_toml
from balise.foundation.limited.calling import Answered, Limits, Outcome, Refused, Work, call
from balise.foundation.limited.child import CannotWork
from balise.foundation.limited.lanes import FILES
from balise.foundation.strict_toml import TomlFaulty

# Addresses, an interpreter's own included; openpyxl with numpy maps 300 MB before it reads.
_TEXT: Final = Limits(processor=5, memory=400_000_000, time=30.0, answer=12_000_000)
_SHEET: Final = Limits(processor=20, memory=800_000_000, time=60.0, answer=30_000_000)
_HEAVY: Final = "heavy"


class Unreadable(ValueError):
    """A file cannot be read; `code` says why, and `detail` what exactly and where, if known.

    Codes: heavy (over our limits), text (no UTF-8), toml, json, key-twice, sheet (it is none),
    grows (unpacks without measure), rows (too many).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}" if detail else code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a sheet with the numbers of their lines; `broken` is the line where reading ended."""

    form: str
    rows: list[tuple[int, list[str]]]
    broken: int | None = None


def toml(octets: bytes) -> dict[str, Any]:
    """Return what a TOML file says; a date is a text. Raises Unreadable."""
    found: dict[str, Any] = answered(_toml, octets, limits=_TEXT)
    return found


def json(octets: bytes) -> Any:
    """Return what a JSON file says, none of whose objects has a key twice. Raises Unreadable."""
    return answered(_json, octets, limits=_TEXT)


def entries(octets: bytes) -> list[tuple[int, Any, str]]:
    """Return the entries of a JSON list, or of one object a line, with their numbers from one on.

    The third is the key that an entry of a line has twice, or empty; its value is None then, and
    where a line is no JSON. Raises Unreadable.
    """
    return [tuple(each) for each in answered(_entries, octets, limits=_TEXT)]


def sheet(octets: bytes, *, most_rows: int, most_columns: int, longest: int = 32_767) -> Sheet:
    """Return the rows of a CSV or XLSX file that say something, cut at so many cells and signs.

    Raises Unreadable, also for more rows. A quotation in CSV that does not end ends the reading.
    """
    head = {"rows": most_rows, "columns": most_columns, "longest": longest}
    found = answered(_sheet, orjson.dumps(head) + b"\n" + octets, limits=_SHEET)
    rows = [(number, cells) for number, cells in found["rows"]]
    return Sheet(found["form"], rows, found["broken"])


def octets_of(path: Path, *, most: int) -> bytes:
    """Return what a file holds. Raises Unreadable, heavy for more than `most`; and OSError."""
    with path.open("rb") as file:
        octets = file.read(most + 1)
    if len(octets) > most:
        raise Unreadable("heavy")
    return octets


def answered(work: Work, octets: bytes, *, limits: Limits) -> Any:
    """Return the JSON that some other work answers. Raises Unreadable, heavy where it ended."""
    with FILES.turn():
        outcome = call(work, octets, limits=limits)
    return _told(outcome)


def _told(outcome: Outcome) -> Any:
    match outcome:
        case Answered(octets):
            found = orjson.loads(octets)
        case Refused(code):
            raise Unreadable(code)
        case _:
            raise Unreadable(_HEAVY)
    if isinstance(found, Mapping) and found.keys() == {"unreadable", "detail"}:
        raise Unreadable(found["unreadable"], found["detail"])
    return found


# In the child.


def faulty(code: str, detail: str) -> bytes:
    """Return the answer of a child that cannot read what it was given, with what is wrong."""
    return orjson.dumps({"unreadable": code, "detail": detail})


def _toml(octets: bytes) -> bytes:
    try:
        return orjson.dumps(strict_toml.loads(_text(octets)))
    except TomlFaulty as fault:
        return faulty("toml", str(fault))
    except (orjson.JSONEncodeError, RecursionError):  # a number beyond 64 bits
        return faulty("toml", "a number is larger than 64 bits hold")


def _json(octets: bytes) -> bytes:
    try:
        return orjson.dumps(strict_json.loads(octets.removeprefix(b"\xef\xbb\xbf")))
    except strict_json.KeyTwice as twice:
        return faulty("key-twice", twice.key[:40])
    except orjson.JSONDecodeError as fault:
        return faulty("json", str(fault))


def _entries(octets: bytes) -> bytes:
    text = octets.removeprefix(b"\xef\xbb\xbf")
    try:
        found = strict_json.loads(text)
    except strict_json.KeyTwice as twice:
        return faulty("key-twice", twice.key[:40])
    except orjson.JSONDecodeError as fault:
        if text.lstrip().startswith(b"["):
            return faulty("json", str(fault))
        lines = enumerate(text.splitlines(), start=1)
        return orjson.dumps([(nth, *_entry(line)) for nth, line in lines if line.strip()])
    listed = found if isinstance(found, list) else [found]
    return orjson.dumps([(nth, each, "") for nth, each in enumerate(listed, start=1)])


def _entry(line: bytes) -> tuple[Any, str]:
    try:
        return strict_json.loads(line), ""
    except strict_json.KeyTwice as twice:
        return None, twice.key[:40]
    except orjson.JSONDecodeError:
        return None, ""


def _sheet(octets: bytes) -> bytes:
    head, _line, content = octets.partition(b"\n")
    most = orjson.loads(head)
    is_book = sheets.is_workbook(content)
    kept: list[tuple[int, list[str]]] = []
    broken: int | None = None
    read = (
        sheets.of_workbook(content, most_rows=most["rows"] + 1, most_columns=most["columns"])
        if is_book
        else sheets.of_csv(content)
    )
    try:
        for number, cells in read:
            row = [cell[: most["longest"] + 1] for cell in cells[: most["columns"]]]
            if any(cell.strip() for cell in row):
                kept.append((number, row))
            if len(kept) > most["rows"]:
                raise CannotWork("rows")
    except sheets.SheetGrows:
        raise CannotWork("grows") from None
    except sheets.SheetBroken as at:
        broken = at.line
    except sheets.SheetUnreadable:
        raise CannotWork("sheet") from None
    try:
        return orjson.dumps({"form": "xlsx" if is_book else "csv", "rows": kept, "broken": broken})
    except orjson.JSONEncodeError:  # half of a pair of UTF-16, which a workbook can spell
        raise CannotWork("sheet") from None


def _text(octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotWork("text") from None
