"""A page of changes as a partner pulls it: JSON, signed as a whole (Ed25519). Pure.

It names the partner and where it begins, so that a page of another, or of another place, is not
taken for it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict
from uuid import UUID

import orjson

MOST: Final = 1_000  # changes of a page


class Line(TypedDict):
    """An entry as a partner has it. `hash` is empty where the entry is not `on`: forget it."""

    handle: str
    kind: str
    hash: str
    quality: int
    opinion: str
    labels: list[str]
    clip: str | None
    second: int | None
    on: bool


def body(
    *,
    partner: UUID,
    after: int,
    checkpoint: int,
    is_all: bool,
    at: datetime,
    entries: Sequence[Line],
) -> bytes:
    """Return the bytes that are signed and served."""
    return orjson.dumps(
        {
            "partner": str(partner),
            "after": after,
            "checkpoint": checkpoint,
            "more": not is_all,
            "signed_at": at.isoformat(),
            "entries": list(entries),
        }
    )
