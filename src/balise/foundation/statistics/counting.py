"""Count the journal's events, and count them again from the beginning to compare.

The counting subscriber adds a batch to the tallies in the transaction that moves its cursors, so
each entry is counted once. A measure that is new, or that changed, is first adopted: counted from
the first entry up to the cursor.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.encryption.keyring import key_ring
from balise.foundation.journal.book import subscribe
from balise.foundation.journal.models import Cursor, Entry, Link
from balise.foundation.statistics.exposures import definition_of, is_keyed
from balise.foundation.statistics.measures import MEASURES, Cell, Measure
from balise.foundation.statistics.models import (
    Counted,
    LateMonthTally,
    LateTally,
    MonthTally,
    Tally,
)
from balise.foundation.statistics.protection import record_key

SUBSCRIBER = "statistics"
_AT_ONCE = 5_000


class Figure(NamedTuple):
    """How often, how much in total, and the sum of the record keys of what was counted."""

    times: int
    total: int
    keys: int = 0

    def __add__(self, other: object) -> "Figure":
        if not isinstance(other, Figure):
            return NotImplemented
        return Figure(self.times + other.times, self.total + other.total, self.keys + other.keys)


type Figures = dict[Cell, Figure]
type Table = type[Tally | MonthTally | LateTally | LateMonthTally]

NOTHING = Figure(0, 0)
_TABLES: tuple[Table, ...] = (Tally, MonthTally, LateTally, LateMonthTally)


class Archived(NamedTuple):
    """What was counted elsewhere of a measure: the chain up to a place, how many entries."""

    until: int
    entries: int
    figures: Figures


class Difference(NamedTuple):
    """A cell whose tally differs from the journal."""

    cell: Cell
    tallied: Figure
    recounted: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a recount of one measure found, cell by cell."""

    measure: str
    entries: int
    differences: tuple[Difference, ...]
    is_new: bool  # added or changed since, and not adopted yet: nothing can agree

    @property
    def agrees(self) -> bool:
        """Whether the tallies equal the recount."""
        return not self.differences


def connect() -> None:
    """Subscribe to what the registered measures count; called by the wiring once they are known."""
    subscribe(SUBSCRIBER, count, *{measure.counts for measure in MEASURES.values()})


def count(entries: Sequence[Entry]) -> None:
    """Add a batch of one line's entries to the tallies: one upsert for each cell."""
    by_event: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_event[entry.event].append(entry)
    for measure in _counted(entries):
        figures: Figures = {}
        for entry in by_event.get(measure.counts.name, ()):
            _add(figures, measure, entry)
        _write(measure, figures)


def adopt() -> list[str]:
    """Count measures that are new or changed from the first entry; return their names.

    What is counted no longer leaves its figures: counted again one day, it begins at the first
    entry, and misses none that came meanwhile.
    """
    with transaction.atomic():
        for model in (*_TABLES, Counted):
            model._default_manager.exclude(measure__in=MEASURES).delete()
    fresh = [measure for measure in MEASURES.values() if not _is_counted(measure, _definitions())]
    for measure in fresh:
        recount(measure, fix=True)
    return [measure.name for measure in fresh]


def recount(
    measure: Measure,
    *,
    fix: bool = False,
    seen: Callable[[int], object] | None = None,
    archived: Archived | None = None,
) -> Comparison:
    """Count a measure from the journal again and compare; with `fix`, make the tallies equal.

    Long reading happens outside any transaction; only what was added meanwhile, and the writing,
    hold the cursor. `seen` is told how many entries each step read. What was counted from the
    archive is not read from the database again.
    """
    after, read, figures = archived or Archived(0, 0, {})
    start = Cursor.objects.filter(name=SUBSCRIBER, line=measure.counts.line).first()
    reached = start.seq if start else 0
    for some in _entries(measure, after=after, until=reached):
        read += len(some)
        for entry in some:
            _add(figures, measure, entry)
        if seen:
            seen(len(some))
    with transaction.atomic():
        cursor = (
            Cursor.objects.select_for_update()
            .filter(name=SUBSCRIBER, line=measure.counts.line)
            .first()
        )
        for some in _entries(measure, after=reached, until=cursor.seq if cursor else 0):
            read += len(some)
            for entry in some:
                _add(figures, measure, entry)
        differences = _differences(measure, figures)
        is_new = not _is_counted(measure, _definitions())
        if fix:
            if differences:
                for table in _TABLES:
                    table._default_manager.filter(measure=measure.name).delete()
                _write(measure, figures)
            definition = definition_of(measure)
            Counted.objects.update_or_create(
                measure=measure.name,
                defaults={"definition": definition},
                create_defaults={"definition": definition, "since": _begin(measure)},
            )
    return Comparison(measure.name, read, differences, is_new=is_new)


def add(
    figures: Figures, measure: Measure, facts: dict[str, Any], at: datetime, figure: Figure
) -> None:
    """Count entries that have these facts on the day of their fact.

    Those that were recorded later are counted by the day of their record too.
    """
    if not measure.counts_these(facts):
        return
    units = measure.units_of(facts)
    figure = Figure(units * figure.times, figure.total, units * figure.keys)
    cell = measure.cell(facts, at)
    cells = [cell]
    if measure.day and (recorded := clock.day_of(at)) > cell.day:
        cells.append(cell._replace(recorded=recorded))
    for each in cells:
        figures[each] = figures.get(each, NOTHING) + figure


def _begin(measure: Measure) -> datetime:
    """Return since when a new measure counts: now, or since the first entry of its event."""
    first = (
        Entry.objects.filter(event=measure.counts.name, line=measure.counts.line)
        .order_by("id")
        .values_list("at", flat=True)
        .first()
    )
    return min(first, clock.now()) if first else clock.now()


def _counted(entries: Sequence[Entry]) -> list[Measure]:
    """Return the line's measures that are counted since the first entry.

    One that is new and whose event never happened before joins them here; one that has a past
    must be adopted first, which is too long for the transaction that moves the cursor.
    """
    line = entries[0].line
    measures = [measure for measure in MEASURES.values() if measure.counts.line == line]
    known = _definitions()
    counted = [measure for measure in measures if _is_counted(measure, known)]
    if len(counted) < len(measures):
        cursor = Cursor.objects.get(name=SUBSCRIBER, line=line)
        # In a new centre the worker is slower to say what it counts than the first facts come.
        begins = cursor.seq + 1 if counted else 1
        first = Link.objects.values_list("entry__at", flat=True).get(line=line, seq=begins)
        since = min(first, *(entry.at for entry in entries))  # a history may come behind it
        for measure in measures:
            if measure.name not in known and not _has_past(measure, until=cursor.seq):
                Counted.objects.create(
                    measure=measure.name, definition=definition_of(measure), since=since
                )
                counted.append(measure)
    return counted


def _definitions() -> dict[str, str]:
    return dict(Counted.objects.values_list("measure", "definition"))


def _is_counted(measure: Measure, known: dict[str, str]) -> bool:
    return known.get(measure.name) == definition_of(measure)


def _past(measure: Measure, *, until: int, after: int = 0) -> QuerySet[Entry]:
    return Entry.objects.filter(
        event=measure.counts.name,
        link__line=measure.counts.line,
        link__seq__gt=after,
        link__seq__lte=until,
    )


def _has_past(measure: Measure, *, until: int) -> bool:
    return until > 0 and _past(measure, until=until).exists()


def _entries(measure: Measure, *, after: int, until: int) -> Iterator[list[Entry]]:
    """Yield the measure's entries between two places of its chain, in batches."""
    while after < until:
        yield list(_past(measure, after=after, until=min(after + _AT_ONCE, until)))
        after += _AT_ONCE


def _add(figures: Figures, measure: Measure, entry: Entry) -> None:
    keys = record_key(key_ring().noise_key(), entry.subject) if is_keyed(measure.name) else 0
    once = Figure(1, measure.amount_of(entry.facts), keys)
    add(figures, measure, entry.facts, entry.at, once)


def _tables(figures: Figures) -> Iterator[tuple[Table, Figures]]:
    """Yield what each table holds of some figures."""
    days = {cell: figure for cell, figure in figures.items() if cell.recorded is None}
    late = {cell: figure for cell, figure in figures.items() if cell.recorded is not None}
    held = (days, _months(days), late, _months(late))
    yield from zip(_TABLES, held, strict=True)


def _differences(measure: Measure, figures: Figures) -> tuple[Difference, ...]:
    """Return the cells whose tallies are not the figures, table by table."""
    return tuple(
        Difference(cell, tallied.get(cell, NOTHING), counted.get(cell, NOTHING))
        for table, counted in _tables(figures)
        for tallied in [_tallied(table, measure)]
        for cell in sorted({*tallied, *counted})
        if tallied.get(cell, NOTHING) != counted.get(cell, NOTHING)
    )


def _place(table: Table) -> tuple[str, ...]:
    """Return the columns of a table that make a cell."""
    return Cell._fields if table in {LateTally, LateMonthTally} else Cell._fields[:2]


def _tallied(table: Table, measure: Measure) -> Figures:
    tallies = table._default_manager.filter(measure=measure.name)
    rows = tallies.values_list("count", "total", "keys", *_place(table))
    return {Cell(*place): Figure(times, total, keys) for times, total, keys, *place in rows}


def _months(figures: Figures) -> Figures:
    months: Figures = {}
    for (day, codes, recorded), figure in figures.items():
        month = Cell(day.replace(day=1), codes, recorded.replace(day=1) if recorded else None)
        months[month] = months.get(month, NOTHING) + figure
    return months


def _write(measure: Measure, figures: Figures) -> None:
    for table, held in _tables(figures):
        _upsert(table, measure, held)


def _upsert(model: Table, measure: Measure, figures: Figures) -> None:
    if not figures:
        return
    adapt = connection.ops.adapt_datefield_value
    place = _place(model)
    # In one order everywhere, so that two writers never wait for each other in a circle.
    values: list[tuple[Any, ...]] = [
        (
            measure.name,
            *figure,
            *(adapt(each) if isinstance(each, date) else each for each in cell[: len(place)]),
        )
        for cell, figure in sorted(figures.items())
    ]
    table = connection.ops.quote_name(model._meta.db_table)
    holes = ", ".join(["%s"] * (4 + len(place)))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (measure, count, total, keys, {', '.join(place)}) "  # noqa: S608 - our own table
            f"VALUES ({holes}) ON CONFLICT (measure, {', '.join(place)}) DO UPDATE SET "
            f"count = {table}.count + excluded.count, total = {table}.total + excluded.total, "
            f"keys = {table}.keys + excluded.keys",
            values,
        )
