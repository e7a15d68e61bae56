"""What is told of protected numbers: drawn once by the worker, read by everyone.

A table is a measure by one of its codes, for which a module answers. Each of its values has a
number for each quarter and year that is over, as known 31 and 183 days after its end. What is under
11 is not kept: no door could tell it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from balise.foundation import clock, rows
from balise.foundation.encryption.keyring import key_ring
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.indicators import Flow, Indicator, Level, counts_of
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.models import ToldNumber
from balise.foundation.statistics.protection import (
    Exposure,
    Node,
    Vintage,
    is_hidden,
    nodes_within,
    settled,
    told,
)
from balise.foundation.statistics.queries import totals

type Numbers = Mapping[str, int | None]  # by value; None is fewer than 11


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A measure by one of its codes; only what has one value of others (`only`).

    `values` are those that there are, so that none of them is told as well; `by` is empty for the
    measure's own number.
    """

    measure: str
    by: str = ""
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    values: Callable[[], Iterable[str]] = tuple

    @property
    def name(self) -> str:
        """Return what it is called in the register and in the names of its cells."""
        only = ",".join(f"{name}={'+'.join(values)}" for name, values in self.only)
        return "|".join(part for part in (self.measure, only, self.by) if part)

    def exposure(self, value: str = "") -> Exposure:
        """Return the class of one of its values: where it is cut by others, the gravest."""
        classes = {exposure_of(self.measure, self.by, value)}
        classes |= {
            exposure_of(self.measure, name, each) for name, values in self.only for each in values
        }
        order = (Exposure.INSIDE, Exposure.GRAVE, Exposure.SENSITIVE)
        return next((each for each in order if each in classes), Exposure.PUBLIC)


TABLES: dict[str, ProtectedTable] = {}


def register(indicators: Iterable[Indicator]) -> None:
    """Set the tables that are told, from the figures that show them; called at the start."""
    TABLES.clear()
    for one in indicators:
        TABLES.update({each.name: each for each in tables_of(one)})


def tables_of(one: Indicator) -> tuple[ProtectedTable, ...]:
    """Return the protected tables of a figure: of its number, and of its parts."""
    if not isinstance(one.source, Flow | Level):
        return ()
    counts = counts_of(one.source)
    tables = [ProtectedTable(counts[0].measure, "", counts[0].only)]
    if one.by:
        tables.append(ProtectedTable(counts[0].measure, one.by, counts[0].only, one.labels))
    found = tuple(each for each in tables if each.exposure().is_protected)
    if found and (len(counts) > 1 or counts[0].sums):
        raise ValueError(f"{one.code}: only what is counted once has a noise of its units")
    return found


def tell() -> int:
    """Draw the numbers that are due and not told yet; return how many were."""
    spans = coverage({each.measure for each in TABLES.values()}).spans
    yesterday = clock.today() - timedelta(days=1)
    written = 0
    for table in TABLES.values():
        span = spans[table.measure]
        until = min(span.last, yesterday)
        with transaction.atomic():
            rows.in_turn("statistics.told")
            done = set(
                ToldNumber.objects.filter(table=table.name)
                .values_list("node", "vintage")
                .distinct()
            )
            for node, vintage in _due(span.first, until):
                if (str(node), vintage) not in done:
                    written += _write(table, node, vintage)
    return written


def numbers(table: ProtectedTable, first: date, last: date, *, on: date) -> Mapping[Node, Numbers]:
    """Return what was told by a day of the quarters and years within some days.

    Each as of the latest vintage before that day; a period that nothing was told of is not there.
    """
    nodes = {
        str(node): node
        for yearly in (False, True)
        for node in nodes_within(first, last, yearly=yearly)
    }
    latest = {name: node.latest(on) for name, node in nodes.items()}
    found: dict[Node, dict[str, int | None]] = {}
    kept = ToldNumber.objects.filter(table=table.name, node__in=nodes)
    for name, vintage, code, number in kept.values_list("node", "vintage", "code", "number"):
        if vintage == latest[name]:
            found.setdefault(nodes[name], {})[code] = number
    return found


def _due(first: date, last: date) -> Iterator[tuple[Node, Vintage]]:
    """Yield what is known whole, where some days were counted: quarters and years, as known when.

    A vintage is of the end of its day, so that day has to be counted too.
    """
    for yearly in (False, True):
        for node in nodes_within(first, last, yearly=yearly):
            yield from ((node, each) for each in Vintage if node.as_known(each) <= last)


def _write(table: ProtectedTable, node: Node, vintage: Vintage) -> int:
    key = key_ring().noise_key()
    now = _cells(table, node, vintage)
    before = _cells(table, node, Vintage.PROVISIONAL) if vintage is Vintage.FINAL else None
    new = []
    for value in sorted({*now, *table.values()} - {""} if table.by else {""}):
        exposure = table.exposure(value)
        if not exposure.is_protected:
            continue
        cell = f"{table.name}|{value}|{node}"
        count, keys = now.get(value, (0, 0))
        number = told(key, count, keys, exposure, cell=cell)
        if before is not None:
            was, its_keys = before.get(value, (0, 0))
            earlier = told(key, was, its_keys, exposure, cell=cell)
            number = settled((was, earlier), (count, number))
        new.append(
            ToldNumber(
                table=table.name,
                node=str(node),
                vintage=vintage,
                code=value,
                number=None if is_hidden(number) else number,
            )
        )
    ToldNumber.objects.bulk_create(new)
    return len(new)


def _cells(table: ProtectedTable, node: Node, vintage: Vintage) -> dict[str, tuple[int, int]]:
    """Return how many units each value had, and the sum of their keys, as known at a vintage."""
    names = tuple(dict.fromkeys([*([table.by] if table.by else []), *dict(table.only)]))
    known_by = node.as_known(vintage) if MEASURES[table.measure].day else None
    found: dict[str, tuple[int, int]] = {}
    for row in totals(table.measure, node.first, node.last, names, known_by=known_by):
        if all(row.codes[name] in values for name, values in table.only):
            value = row.codes[table.by] if table.by else ""
            count, keys = found.get(value, (0, 0))
            found[value] = (count + row.count, keys + row.keys)
    return found
