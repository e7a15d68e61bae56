"""Files of structures, taken apart by a child with limits."""

from datetime import date
from typing import Final

from balise.awareness.places.structures.rules.mediation import Schema
from balise.awareness.places.structures.rules.mediation.reading import (
    Sheet,
    read,
    too_large,
    unreadable,
)
from balise.awareness.places.structures.rules.places import Atlas
from balise.foundation import apart

_MOST_ROWS: Final = 50_000
_MOST_COLUMNS: Final = 200


def read_sheet(text: str, *, schema: Schema, atlas: Atlas, today: date) -> Sheet:
    """Return every line of a file with its verdict; no error leaves here."""
    octets = text.encode("utf-8", "replace")
    try:
        found = apart.sheet(octets, most_rows=_MOST_ROWS, most_columns=_MOST_COLUMNS)
    except apart.Unreadable as fault:
        return too_large() if fault.code in {"rows", "heavy"} else unreadable()
    return read(found.rows, broken=found.broken, schema=schema, atlas=atlas, today=today)
