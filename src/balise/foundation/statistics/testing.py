"""For tests only: what an act leaves behind, to compare a bulk path with the action it equals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, Self
from uuid import UUID

from django.db import models

from balise.foundation import clock
from balise.foundation.encryption.sealing import known
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.models import MonthTally, Tally


@dataclass(frozen=True, slots=True)
class Left:
    """Rows by table, facts by line in order, what the tallies grew by.

    A new id is its place among those of its table. What is sealed is as long as it is; `sealed`
    says which of the new ids have a key.
    """

    rows: dict[str, list[dict[str, Any]]]
    facts: dict[str, list[tuple[Any, ...]]]
    tallies: dict[tuple[Any, ...], tuple[int, int]]
    sealed: list[str]

    def unlike(self, other: Self) -> list[str]:
        """Return where two differ, value by value: none where they are the same."""
        return [*unified_diff(self._lines(), other._lines(), lineterm="", n=0)]

    def _lines(self) -> list[str]:
        rows = [
            f"{table} {place} {name} {value}"
            for table, some in self.rows.items()
            for place, row in enumerate(some)
            for name, value in row.items()
        ]
        facts = [f"{line} {fact}" for line, some in sorted(self.facts.items()) for fact in some]
        return [*rows, *facts, *map(str, sorted(self.tallies.items())), *self.sealed]


def left_by(act: Callable[[], object], *tables: type[models.Model]) -> Left:
    """Return what an act leaves in some tables, in the journal and in the tallies."""
    clerk.tick()
    before = {table: set(table._default_manager.values_list("pk", flat=True)) for table in tables}
    first = Entry.objects.count()
    counted = _tallies()
    act()
    with clock.at(Entry.objects.order_by("-id").values_list("at", flat=True)[0]):
        clerk.tick()
    entries = list(Entry.objects.order_by("id")[first:])
    new = [
        one
        for table in tables
        for one in table._default_manager.exclude(pk__in=before[table]).order_by(*_order(table))
    ]
    names = _names(entries, new)
    rows: dict[str, list[dict[str, Any]]] = {table.__name__: [] for table in tables}
    for one in new:
        values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
        if not isinstance(one.pk, UUID):
            values.pop(one._meta.pk.attname)
        rows[type(one).__name__].append(
            {name: _said(value, names) for name, value in values.items()}
        )
    facts: dict[str, list[tuple[Any, ...]]] = {}
    for entry in entries:
        said = {name: _said(value, names) for name, value in entry.facts.items()}
        who = (entry.actor_kind, entry.actor_key)
        fact = (entry.at, entry.event, _said(entry.subject, names), *who, said)
        facts.setdefault(entry.line, []).append(fact)
    grown = {
        cell: (times - counted.get(cell, (0, 0))[0], total - counted.get(cell, (0, 0))[1])
        for cell, (times, total) in _tallies().items()
        if (times, total) != counted.get(cell)
    }
    keys = sorted(names[str(each)] for each in known(UUID(name) for name in names))
    return Left(rows, facts, grown, keys)


def _order(table: type[models.Model]) -> Iterator[str]:
    """Rows in the order of their moments; random ids have none."""
    moments = (models.DateTimeField, models.DateField)
    yield from (one.name for one in table._meta.concrete_fields if isinstance(one, moments))
    yield "pk"


def _names(entries: list[Entry], new: list[models.Model]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in new:
        if isinstance(one.pk, UUID):
            found.setdefault(str(one.pk), f"{type(one).__name__} {len(found)}")
    for entry in entries:
        found.setdefault(str(entry.subject), f"subject {len(found)}")
    return found


def _said(value: object, names: dict[str, str]) -> object:
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} bytes"
    if isinstance(value, UUID | str):
        return names.get(str(value), str(value))
    return value


def _tallies() -> dict[tuple[Any, ...], tuple[int, int]]:
    return {
        (table.__name__, measure, day, codes): (times, total)
        for table in (Tally, MonthTally)
        for measure, day, codes, times, total in table.objects.values_list(
            "measure", "day", "codes", "count", "total"
        )
    }
