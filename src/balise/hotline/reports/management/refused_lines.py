"""The lines of an import that were refused, kept in the file's own format to be corrected."""

from collections.abc import Mapping
from typing import IO, Protocol

import orjson

from balise.foundation.tables import Table
from balise.hotline.reports.rules.imports.files import REASON
from balise.hotline.reports.rules.imports.lines import NotUnderstood


class RefusedLines(Protocol):
    """Somewhere to put refused lines."""

    def add(self, line: NotUnderstood) -> None: ...


class RefusedCsv:
    """Refused lines as CSV: the columns of the file they come from, and the reason."""

    def __init__(self, file: IO[str], *, columns: tuple[str, ...], separator: str) -> None:
        self._columns = tuple(column for column in columns if column != REASON)
        self._rows = Table(file, separator=separator, line_end="\n")
        self._rows.add([*self._columns, REASON])

    def add(self, line: NotUnderstood) -> None:
        self._rows.add([*(line.cells.get(column, "") for column in self._columns), line.reason])


class RefusedObjects:
    """Refused lines as JSON Lines: each as it was, and the reason."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def add(self, line: NotUnderstood) -> None:
        cells: Mapping[str, object] = {**line.cells, REASON: line.reason}
        self._file.write(orjson.dumps(cells).decode() + "\n")
