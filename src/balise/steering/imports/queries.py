"""Files that were brought: their rows, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.steering.imports import access
from balise.steering.imports.models import Brought
from balise.steering.imports.rules.kinds import ImportKind

type Line = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file: `head` names its columns; `lines` are empty once it was taken in.

    `earlier` is when the same file was imported before.
    """

    id: UUID
    name: str
    digest: str
    form: str
    choices: Mapping[str, Any]
    brought_at: datetime
    done_at: datetime | None
    taken: int
    known: int
    refused: Sequence[tuple[int, str]]
    head: Sequence[str] = ()
    lines: Sequence[Line] = field(default=(), repr=False)
    earlier: datetime | None = None

    def as_typed(self, refused: Iterable[tuple[int, str]]) -> list[tuple[int, str, str]]:
        """Return refused rows, each with the reason and with what the file says in it.

        Nothing is said of a file that was taken in: its rows are forgotten.
        """
        cells = dict(self.lines)
        return [
            (number, reason, " · ".join(cell for cell in cells.get(number, ()) if cell))
            for number, reason in refused
        ]

    @property
    def left(self) -> list[tuple[int, str, str]]:
        """Return the rows that were refused when the file was taken in."""
        return self.as_typed(self.refused)


def opened(brought_id: UUID, kind: ImportKind, *, seen_by: Actor) -> Opened:
    """Return a file that was brought for a module. Raises NotHere."""
    access.require(seen_by, access.READ)
    return opened_row(find(Brought, id=brought_id, kind=kind.value))


def opened_row(row: Brought) -> Opened:
    """Return a row as it is read."""
    same = Brought.objects.filter(kind=row.kind, digest=row.digest, done_at__isnull=False)
    earlier = same.exclude(id=row.id).order_by("done_at").first()
    rows = [(int(number), cells) for number, cells in row.rows]
    return Opened(
        row.id,
        row.name,
        row.digest,
        row.form,
        row.choices,
        row.brought_at,
        row.done_at,
        row.taken,
        row.known,
        [(int(number), reason) for number, reason in row.refused],
        rows[0][1] if rows else (),
        rows[1:],
        earlier.done_at if earlier else None,
    )


def listed(kind: ImportKind, *, seen_by: Actor) -> Sequence[Opened]:
    """Return the last files that were imported for a module, the newest first."""
    access.require(seen_by, access.READ)
    rows = Brought.objects.filter(kind=kind.value, done_at__isnull=False).order_by("-done_at")
    return [opened_row(row) for row in rows.defer("rows")[:_LAST]]


_LAST = 10
