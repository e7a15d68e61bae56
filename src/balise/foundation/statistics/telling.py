"""What is told of protected numbers: drawn once by the worker, read by everyone.

A table is a measure by one of its codes, for which a module answers. Each of its values has a
number for each quarter and year that is over, as known 31 and 183 days after its end. What is under
11 is not kept: no door could tell it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from balise.foundation import clock, rows
from balise.foundation.encryption.keyring import key_ring
from balise.foundation.statistics.boards import Board
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.exposures import exposure_of, protected_pairs
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, counts_of
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.models import ToldNumber
from balise.foundation.statistics.protection import (
    Exposure,
    Node,
    Sum,
    Vintage,
    hidden_parts,
    is_hidden,
    is_quarterly,
    nodes_within,
    read_node,
    settled,
    summed,
    told,
)
from balise.foundation.statistics.queries import totals

_FOUR: Final = (1, 2, 3, 4)

type Numbers = Mapping[str, int | None]  # by value; None is fewer than 11
type Kept = Mapping[tuple[str, str], Numbers]  # by period and vintage, as they are written


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A measure by one of its codes; `by` is empty for the measure's own number.

    `values` are those that there are: each of them is told, so that none tells by being there.
    """

    measure: str
    by: str = ""
    values: Callable[[], Iterable[str]] = tuple

    @property
    def name(self) -> str:
        """Return what it is called in the register and in the names of its cells."""
        return "|".join(part for part in (self.measure, self.by) if part)

    @property
    def is_yearly(self) -> bool:
        """Return whether it is told of whole years alone."""
        return MEASURES[self.measure].is_yearly


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a protected table for some days: of the periods `nodes` that are told.

    `cells` has the sum of each value that is told of all of them; None is fewer than 11. `beside`
    are values that would give a hidden one back: of two or three parts of an exact total. A value
    that is nowhere is not told: it did not exist then, or is told by whole years only.
    """

    nodes: tuple[Node, ...] = ()
    cells: Mapping[str, Sum | None] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()


TABLES: dict[tuple[str, str], ProtectedTable] = {}


def register(indicators: Iterable[Indicator], boards: Iterable[Board]) -> None:
    """Set the tables that are told: each protected number, with the words of those who show it.

    Called at the start, after the classes. A figure whose number is protected and that is not
    counted once a unit is refused: its noise would hide nothing.
    """
    indicators = list(indicators)
    for one in indicators:
        if not isinstance(one.source, Flow) or one.source.less or one.source.counts.sums:
            for counts in counts_of(one.source):
                _refuse_protected(one.code, counts)
    labels = {
        (figure.measure, figure.by): figure.labels for board in boards for figure in board.figures
    } | {
        (counts.measure, one.by): one.labels
        for one in indicators
        for counts in counts_of(one.source)[:1]
    }
    TABLES.clear()
    for measure, by in protected_pairs():
        if measure in MEASURES and (not by or (measure, by) in labels):
            values = labels[measure, by] if by else lambda: ("",)
            TABLES[measure, by] = ProtectedTable(measure, by, values)


def _refuse_protected(code: str, counts: Counts) -> None:
    told_of = [exposure_of(counts.measure)]
    told_of += [
        exposure_of(counts.measure, name, value) for name, values in counts.only for value in values
    ]
    if any(each.is_protected for each in told_of):
        raise ValueError(f"{code}: only what is counted once a unit has a noise of its units")


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
            for node, vintage in _due(table, span.first, until):
                if (str(node), vintage) not in done:
                    written += _write(table, node, vintage)
    return written


def printed(measure: str, by: str, first: date, last: date, *, on: date) -> Printed:
    """Return what is printed on a day of a protected table, of the periods told within some days.

    Of whole calendar years their own numbers; of other days the sum of the quarters within them,
    or bounds where one of these is hidden. Each as of the latest vintage before that day.
    """
    table = TABLES.get((measure, by))
    if table is None:
        return Printed()
    years = nodes_within(first, last, yearly=True)
    is_whole = bool(years) and (years[0].first, years[-1].last) == (first, last)
    found = _numbers(_kept(table, years), years, on) if is_whole else {}
    if not table.is_yearly and (not found or len(found) < len(years)):
        found = _quarters(table, nodes_within(first, last), on)
    codes = set.intersection(*(set(numbers) for numbers in found.values())) if found else set()
    cells = {code: _cell([numbers[code] for numbers in found.values()]) for code in codes}
    if by and cells.get("") is None:
        cells.pop("", None)  # that few did not say tells nothing, and nobody asks for it
    beside = _beside(found) if exposure_of(measure) is Exposure.PUBLIC else frozenset()
    return Printed(tuple(found), {code: cells[code] for code in cells.keys() - beside}, beside)


def _beside(found: Mapping[Node, Numbers]) -> frozenset[str]:
    """Return what is not printed beside a hidden part, in some period, of an exact total.

    Nor is a sum with it: the sum less the others would give it back.
    """
    gone: set[str] = set()
    for numbers in found.values():
        sizes = {code: number or 0 for code, number in numbers.items() if code or number}
        gone |= {code for code in hidden_parts(sizes) if not is_hidden(sizes[code])}
    return frozenset(gone)


def years_told() -> list[int]:
    """Return the years that something was told of, in order."""
    nodes = ToldNumber.objects.values_list("node", flat=True).distinct()
    return sorted({read_node(each).year for each in nodes})


def _cell(numbers: Sequence[int | None]) -> Sum | None:
    if list(numbers) == [None]:
        return None
    return summed(0 if number is None else number for number in numbers)


def _quarters(table: ProtectedTable, nodes: Sequence[Node], on: date) -> dict[Node, Numbers]:
    """Return what is told of some quarters: of values that were large enough the year before."""
    before = [
        Node(year - 1, quarter) for year in {each.year for each in nodes} for quarter in _FOUR
    ]
    kept = _kept(table, {*before, *nodes})
    return {
        node: {
            code: number
            for code, number in numbers.items()
            if _is_quarterly(code, [_earliest(kept, Node(node.year - 1, at)) for at in _FOUR])
        }
        for node, numbers in _numbers(kept, nodes, on).items()
    }


def _earliest(kept: Kept, node: Node) -> Numbers | None:
    return kept.get((str(node), Vintage.PROVISIONAL))


def _is_quarterly(code: str, year_before: Sequence[Numbers | None]) -> bool:
    """Return whether a value is told by quarter in a year; in the first one that is told all are.

    There is nothing to go by then, and the answer tells nothing.
    """
    told_of = [each for each in year_before if each is not None]
    if len(told_of) < len(year_before):
        return True
    return is_quarterly([each.get(code) or 0 for each in told_of])


def _numbers(kept: Kept, nodes: Iterable[Node], on: date) -> dict[Node, Numbers]:
    """Return what was told of some periods by a day; one of which nothing was is not there.

    A final number stands once it is drawn: until then the provisional one does.
    """
    found = {}
    for node in nodes:
        early, latest = _earliest(kept, node), node.latest(on)
        if latest and early is not None:
            found[node] = kept.get((str(node), latest), early)
    return found


def _kept(table: ProtectedTable, nodes: Iterable[Node]) -> Kept:
    """Read what was ever told of some periods, in one go."""
    rows = ToldNumber.objects.filter(table=table.name, node__in={str(node) for node in nodes})
    found: dict[tuple[str, str], dict[str, int | None]] = {}
    for name, vintage, code, number in rows.values_list("node", "vintage", "code", "number"):
        found.setdefault((name, vintage), {})[code] = number
    return found


def _due(table: ProtectedTable, first: date, last: date) -> Iterator[tuple[Node, Vintage]]:
    """Yield what is known whole, where some days were counted: quarters and years, as known when.

    A vintage is of the end of its day, so that day has to be counted too.
    """
    for yearly in (True,) if table.is_yearly else (False, True):
        for node in nodes_within(first, last, yearly=yearly):
            yield from ((node, each) for each in Vintage if node.as_known(each) <= last)


def _write(table: ProtectedTable, node: Node, vintage: Vintage) -> int:
    new = [
        ToldNumber(table=table.name, node=str(node), vintage=vintage, code=value, number=number)
        for value, number in drawn(table, node, vintage).items()
    ]
    ToldNumber.objects.bulk_create(new)
    return len(new)


def drawn(table: ProtectedTable, node: Node, vintage: Vintage) -> Numbers:
    """Return what is told of a period as known at a vintage: the same whenever it is drawn.

    Raises `KeyNotHeld` where this process has no key of noise.
    """
    key = key_ring().noise_key()
    now = _cells(table, node, vintage)
    before = _cells(table, node, Vintage.PROVISIONAL) if vintage is Vintage.FINAL else None
    found: dict[str, int | None] = {}
    for value in sorted({*table.values(), ""}):
        exposure = exposure_of(table.measure, table.by, value)
        if not exposure.is_protected:
            continue
        cell = f"{table.name}|{value}|{node}"
        count, keys = now.get(value, (0, 0))
        number = told(key, count, keys, exposure, cell=cell)
        if before is not None:
            was, its_keys = before.get(value, (0, 0))
            earlier = told(key, was, its_keys, exposure, cell=cell)
            number = settled((was, earlier), (count, number))
        found[value] = None if is_hidden(number) else number
    return found


def _cells(table: ProtectedTable, node: Node, vintage: Vintage) -> dict[str, tuple[int, int]]:
    """Return how many units each value had, and the sum of their keys, as known at a vintage."""
    names = (table.by,) if table.by else ()
    known_by = node.as_known(vintage) if MEASURES[table.measure].day else None
    found: dict[str, tuple[int, int]] = {}
    for row in totals(table.measure, node.first, node.last, names, known_by=known_by):
        found[row.codes[table.by] if table.by else ""] = (row.count, row.keys)
    return found
