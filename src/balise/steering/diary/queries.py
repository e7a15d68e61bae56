"""The diary, and beside it what ties the centre to partners: nothing is copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.steering.diary import access, ports
from balise.steering.diary.models import Entry
from balise.steering.diary.rules import Dated, EntryKind, title_in


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with its title in a language."""

    row: Entry
    title: str


@dataclass(frozen=True, slots=True)
class Tie:
    """An agreement or a mandate that began; `when` is its first day as it is known."""

    first: date
    when: str
    what: str
    whom: str


def entries(
    first: date, last: date, *, language: str, seen_by: Actor, kind: EntryKind | None = None
) -> Sequence[Listed]:
    """Return what was done in a period, the newest first; what began before it too."""
    access.require(seen_by, access.READ)
    rows = Entry.objects.filter(withdrawn_at=None, first__lte=last, last__gte=first)
    if kind:
        rows = rows.filter(kind=kind.value)
    return [Listed(row, title_in(row.titles, language)) for row in rows]


def entry(entry_id: UUID, *, seen_by: Actor) -> Entry:
    """Return an entry, withdrawn or not. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Entry, id=entry_id)


def ties(first: date, last: date, *, seen_by: Actor) -> Sequence[Tie]:
    """Return agreements and mandates that began in a period, as partners are registered."""
    access.require(seen_by, access.READ)
    return [Tie(*row) for row in ports.ties.ask(first, last)]


def calendar(first: date, last: date, *, language: str, seen_by: Actor) -> Sequence[Dated]:
    """Return what was done in a period for a calendar, the oldest first."""
    found = entries(first, last, language=language, seen_by=seen_by)
    return [
        Dated(
            f"{one.row.id}@diary",
            one.row.first,
            one.row.last,
            one.title,
            one.row.place,
            one.row.changed_at,
        )
        for one in reversed(found)
    ]


def editions_of(series: str, *, but: UUID | None) -> dict[int, date]:
    """Return the first days of the editions of a series by number, but of one entry."""
    rows = Entry.objects.filter(~Q(id=but), series=series, withdrawn_at=None)
    return {row.edition: row.first for row in rows if row.edition is not None}
