"""How far the clerk is: what is linked, what a subscriber has received, and what still waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef

from balise.foundation.journal.models import Chain, Cursor, Entry, Horizon, Link


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many facts wait, and the moment of the oldest of them."""

    facts: int = 0
    oldest: datetime | None = None

    def __add__(self, other: "Waiting") -> "Waiting":
        moments = [one.oldest for one in (self, other) if one.oldest is not None]
        return Waiting(self.facts + other.facts, min(moments, default=None))


NOTHING = Waiting()


@dataclass(frozen=True, slots=True)
class Position:
    """How far a subscriber is in a line: the last event it received, and what it has not."""

    line: str
    last: datetime | None
    waiting: Waiting


def unlinked() -> dict[str, Waiting]:
    """Return what no clerk has linked yet, by line; a line without any is left out."""
    settled = Horizon.objects.values_list("settled", flat=True).first() or 0
    linked = Link.objects.filter(entry_id__gt=settled, entry_id=OuterRef("id"))
    found = (
        Entry.objects.filter(~Exists(linked), id__gt=settled)
        .order_by()
        .values_list("line")
        .annotate(count=Count("id"), oldest=Min("at"))
    )
    return {line: Waiting(count, oldest) for line, count, oldest in found}


def positions(subscriber: str, lines: Iterable[str]) -> list[Position]:
    """Return how far a subscriber is in each of these lines, in a handful of queries."""
    unlinked_of = unlinked()
    ends = dict(Chain.objects.values_list("line", "seq"))
    heard = dict(Cursor.objects.filter(name=subscriber).values_list("line", "seq"))
    found = []
    for line in sorted(lines):
        end, at = ends.get(line, 0), heard.get(line, 0)
        behind = Waiting(end - at, _moment(line, at + 1)) if end > at else NOTHING
        waiting = behind + unlinked_of.get(line, NOTHING)
        found.append(Position(line, _moment(line, at), waiting))
    return found


def first_moment() -> datetime | None:
    """Return the moment of the earliest fact that begins a line's chain; None before any."""
    begins = Link.objects.filter(seq=1, line__in=list(Chain.objects.values_list("line", flat=True)))
    earliest: datetime | None = begins.aggregate(at=Min("entry__at"))["at"]
    return earliest


def _moment(line: str, seq: int) -> datetime | None:
    return Link.objects.filter(line=line, seq=seq).values_list("entry__at", flat=True).first()
