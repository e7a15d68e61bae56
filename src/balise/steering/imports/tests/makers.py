"""Files, brought the way the steering office brings them."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from balise.foundation.accounts.tests.makers import make_actor
from balise.steering.imports import actions
from balise.steering.imports.rules.kinds import ImportKind


def csv_of(*rows: Sequence[object]) -> bytes:
    """Return rows as a file with semicolons."""
    return "\r\n".join(";".join(map(str, row)) for row in rows).encode()


def workbook_of(*rows: Sequence[Any]) -> bytes:
    """Return rows as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def bring(octets: bytes, kind: ImportKind = ImportKind.PRESS, name: str = "retombees.csv") -> UUID:
    """Return a file that was brought."""
    return actions.bring(kind=kind, name=name, octets=octets, by=make_actor("steering_office"))
