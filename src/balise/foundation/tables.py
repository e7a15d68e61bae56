"""Tables as CSV for people's spreadsheets: what someone wrote is never taken for a formula.

A spreadsheet computes a cell that begins with one of `=+-@`, a tab or a line's end, in either width
of these signs (OWASP, CSV injection). An apostrophe before it makes it a text.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import IO, Final

_FORMULA: Final = "=+-@\t\r＝＋－＠"
_QUOTED: Final = _FORMULA + "'"
# Digits compute nothing, and other programs read them: a telephone, a figure below nought.
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9 .,]*\Z")
_MARK: Final = "\ufeff"


def as_csv(
    rows: Iterable[Iterable[object]],
    *,
    separator: str = ";",
    line_end: str = "\r\n",
    has_mark: bool = True,
) -> str:
    """Return rows, the first of them the names of the columns.

    Semicolons and a byte-order mark: spreadsheets set to French open it as it is.
    """
    file = io.StringIO(newline="")
    table = Table(file, separator=separator, line_end=line_end)
    for row in rows:
        table.add(row)
    return (_MARK if has_mark else "") + file.getvalue()


class Table:
    """Rows written to a file as they come."""

    def __init__(self, file: IO[str], *, separator: str = ";", line_end: str = "\r\n") -> None:
        self._rows = csv.writer(file, delimiter=separator, lineterminator=line_end)

    def add(self, row: Iterable[object]) -> None:
        """Write a row; each cell as its words, None as an empty one."""
        self._rows.writerow("" if cell is None else quoted(str(cell)) for cell in row)


def quoted(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unquoted` gives it back."""
    is_formula = cell.startswith(tuple(_FORMULA)) and not _NUMBER.match(cell)
    return f"'{cell}" if is_formula or _is_quoted(cell) else cell


def unquoted(cell: str) -> str:
    """Return a cell as it was before `quoted`.

    For files that are ours alone: in any other file an apostrophe belongs to what was written.
    """
    return cell[1:] if _is_quoted(cell) else cell


def _is_quoted(cell: str) -> bool:
    return cell.startswith("'") and len(cell) > 1 and cell[1] in _QUOTED
