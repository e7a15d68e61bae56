"""Twelve attacks on all that leaves of this centre, by someone who knows the method.

Each reads what is printed, never a tally that is not; it returns what it inferred, in words, and
the deviations of what it thinks of hidden numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations

from django.utils.translation import override

from balise.foundation import clock
from balise.foundation.statistics import telling
from balise.foundation.statistics.attacks import (
    HIDDEN_MEAN,
    HIDDEN_VARIANCE,
    LIKELY,
    Guess,
    Seen,
    guesses,
)
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.indicators import INDICATORS, Flow, Indicator, Share, counts_of
from balise.foundation.statistics.protection import (
    FEWEST,
    Exposure,
    Node,
    Sum,
    summed,
)
from balise.foundation.statistics.queries import totals
from balise.foundation.statistics.telling import Printed, printed
from balise.steering.indicators.queries.leaving import exposure_of_total
from balise.steering.indicators.queries.tables import table
from balise.steering.indicators.rules.values import Ask
from balise.steering.rules.leaving import Cell, CellState, FigureTable, cell_words
from balise.steering.rules.periods import Period

_QUARTERS = (1, 2, 3, 4)


@dataclass(slots=True)
class Attacked:
    """What the attacks found: `inferred` names the numbers; `smallest` is of any hidden one."""

    attacks: int = 0
    inferred: list[str] = field(default_factory=list)
    smallest: float | None = None

    def add(self, inferred: Sequence[str], deviations: Sequence[float] = ()) -> None:
        """Add what one attack found."""
        self.attacks += 1
        self.inferred += inferred
        self.smallest = min((*deviations, *filter(None, [self.smallest])), default=None)


@dataclass(frozen=True, slots=True)
class _Year:
    """What is printed of a table in a year: by quarter, and of the whole."""

    measure: str
    by: str
    year: int
    quarters: tuple[Printed, ...]
    whole: Printed

    @property
    def codes(self) -> list[str]:
        every = (*self.quarters, self.whole)
        return sorted({code for one in every for code in (*one.cells, *one.beside)})


def attack() -> Attacked:
    """Run the twelve attacks on this centre's database; it changes nothing."""
    today = clock.today()
    years = [
        year
        for measure, by in telling.TABLES
        for at in telling.years_told()
        if (year := _year(measure, by, at, today)).codes
    ]
    flows = [
        one
        for one in INDICATORS.values()
        if isinstance(one.source, Flow)
        and one.by
        and (one.source.counts.measure, one.by) in telling.TABLES
    ]
    tables = [(one, node, _table(one, node)) for one in flows for node in _nodes(years, one)]
    found = Attacked()
    found.add(_of_periods(years, today))
    found.add(_of_editions(years, today))
    found.add(_of_tables(tables))
    found.add(*_of_totals(years))
    found.add(_of_noughts(years))
    found.add(_of_late_facts(years, today))
    found.add(_of_corrections(years, today))
    found.add(_of_languages(tables))
    found.add(_of_steps(years))
    found.add(_of_shares())
    found.add(_of_cells(tables))
    found.add(*_of_cuts(years))
    return found


def _year(measure: str, by: str, year: int, on: date) -> _Year:
    quarters = tuple(
        printed(measure, by, node.first, node.last, on=on)
        for node in (Node(year, quarter) for quarter in _QUARTERS)
    )
    whole = printed(measure, by, date(year, 1, 1), date(year, 12, 31), on=on)
    if whole.nodes != (Node(year),):
        whole = Printed()
    return _Year(measure, by, year, quarters, whole)


def _nodes(years: Sequence[_Year], one: Indicator) -> Iterator[Node]:
    measure = counts_of(one.source)[0].measure
    for year in years:
        if (year.measure, year.by) == (measure, one.by):
            yield from (node for each in year.quarters for node in each.nodes)


def _table(one: Indicator, node: Node) -> FigureTable:
    period = Period(node.first, node.last)
    return table(Ask(one.code, period, parts=True), as_of=clock.now())


def _of_periods(years: Sequence[_Year], on: date) -> list[str]:
    """T1: a long period less a shorter one. Each must be made of the same quarters."""
    inferred = []
    for year in years:
        numbers = {each.nodes[0]: each.cells for each in year.quarters if each.nodes}
        for start, end in combinations(range(1, 13), 2):
            first, after = date(year.year, start, 1), date(year.year, end, 1)
            span = printed(year.measure, year.by, first, after - timedelta(days=1), on=on)
            for code, cell in span.cells.items():
                parts = [numbers.get(node, {}).get(code) for node in span.nodes]
                if len(parts) > 1 and cell != _summed(parts):
                    inferred.append(f"T1 {year.measure}|{year.by}|{code}|{first}")
    return inferred


def _summed(parts: Sequence[Sum | None]) -> Sum:
    return summed(0 if part is None else part.least for part in parts)


def _of_editions(years: Sequence[_Year], on: date) -> list[str]:
    """T2: the same quarter in three editions. What is told is told once, or corrected by many."""
    return _changed("T2", years, (on - timedelta(days=7 * week) for week in range(3)), most=2)


def _of_late_facts(years: Sequence[_Year], on: date) -> list[str]:
    """T6: an export each week for ten weeks. No more than two values."""
    return _changed("T6", years, (on - timedelta(days=7 * week) for week in range(10)), most=2)


def _changed(name: str, years: Sequence[_Year], days: Iterator[date], *, most: int) -> list[str]:
    inferred = []
    every = list(days)
    for year in years:
        for node in (node for each in year.quarters for node in each.nodes):
            told = [printed(year.measure, year.by, node.first, node.last, on=on) for on in every]
            for code in year.codes:
                found = {each.cells[code] for each in told if code in each.cells}
                if len(found) > most:
                    inferred.append(f"{name} {year.measure}|{year.by}|{code}|{node}")
    return inferred


def _of_tables(tables: Sequence[tuple[Indicator, Node, FigureTable]]) -> list[str]:
    """T3: the same number in another table. It must be the same number."""
    inferred = []
    for one, node, found in tables:
        measure = counts_of(one.source)[0].measure
        own = printed(measure, one.by, node.first, node.last, on=clock.today())
        for row in found.rows[1:]:
            code = "" if row.code == "none" else row.code
            if exposure_of(measure, one.by, code) is Exposure.PUBLIC:
                continue
            cell = own.cells.get(code)
            shown = row.cells[0].value
            if shown is not None and (cell is None or shown != cell.least):
                inferred.append(f"T3 {one.code}|{row.code}|{node}")
    return inferred


def _of_totals(years: Sequence[_Year]) -> tuple[list[str], list[float]]:
    """T4: exact totals less the parts, quarters and the year together: the whole system."""
    inferred: list[str] = []
    deviations: list[float] = []
    for year in years:
        codes = year.codes
        places = {
            (code, at): len(codes) * at + n for at in range(4) for n, code in enumerate(codes)
        }
        seen = list(_seen(year, places))
        found = guesses(len(places), seen)
        for (code, at), place in places.items():
            cells = year.quarters[at].cells
            is_hidden = code in year.quarters[at].beside or (code in cells and cells[code] is None)
            if year.quarters[at].nodes and is_hidden:
                _judge(f"T4 {_name(year, code)}-Q{at + 1}", found[place], inferred, deviations)
    return inferred, deviations


def _seen(year: _Year, places: Mapping[tuple[str, int], int]) -> Iterator[Seen]:
    for at, each in enumerate(year.quarters):
        for code, cell in each.cells.items():
            yield _sight((places[code, at],), cell, _variance(year, code))
        node = Node(year.year, at + 1)
        every = tuple(places[code, at] for code in year.codes)
        exposure = exposure_of(year.measure)
        if each.nodes and exposure is Exposure.PUBLIC:
            yield Seen(every, totals(year.measure, node.first, node.last)[0].count)
        total = printed(year.measure, "", node.first, node.last, on=clock.today()).cells.get("")
        if total:
            yield Seen(every, total.least, exposure.variance)
    for code, cell in year.whole.cells.items():
        yield _sight(tuple(places[code, at] for at in range(4)), cell, _variance(year, code))


def _sight(among: tuple[int, ...], cell: Sum | None, variance: float) -> Seen:
    if cell is None:
        return Seen(among, HIDDEN_MEAN, HIDDEN_VARIANCE)
    return Seen(among, cell.least, variance)


def _variance(year: _Year, code: str) -> float:
    return exposure_of(year.measure, year.by, code).variance


def _judge(name: str, guess: Guess, inferred: list[str], deviations: list[float]) -> None:
    deviations.append(guess.deviation)
    if guess.probability > LIKELY:
        inferred.append(name)


def _name(year: _Year, code: str) -> str:
    return f"{year.measure}|{year.by}|{code or 'none'}|{year.year}"


def _of_noughts(years: Sequence[_Year]) -> list[str]:
    """T5: a nought beside a few. Each value with words is told of, whether it occurred or not."""
    inferred = []
    for year in years:
        known = {"", *telling.TABLES[year.measure, year.by].values()}
        inferred += [f"T5 {_name(year, code)}" for code in year.codes if code not in known]
    return inferred


def _of_corrections(years: Sequence[_Year], on: date) -> list[str]:
    """T7: there and back. Drawn again of the same units, a number is the same."""
    inferred = []
    for year in years:
        for each in year.quarters:
            for node in each.nodes:
                vintage = node.latest(on)
                own = telling.TABLES[year.measure, year.by]
                again = telling.drawn(own, node, vintage) if vintage else {}
                inferred += [
                    f"T7 {_name(year, code)}|{node}"
                    for code, cell in each.cells.items()
                    if again.get(code) != (cell and cell.least)
                ]
    return inferred


def _of_languages(tables: Sequence[tuple[Indicator, Node, FigureTable]]) -> list[str]:
    """T8: one language beside another. Both have the same cells in the same order."""
    inferred = []
    for one, node, found in tables:
        codes = []
        for language in ("fr", "en"):
            with override(language):
                codes.append([(row.code, row.cells) for row in _table(one, node).rows])
        if codes[0] != codes[1] or any(len(row.label) != 2 for row in found.rows):  # noqa: PLR2004
            inferred.append(f"T8 {one.code}|{node}")
    return inferred


def _of_steps(years: Sequence[_Year]) -> list[str]:
    """T9: the line between 10 and 11. Nothing under it is printed, in any period."""
    return [
        f"T9 {_name(year, code)}"
        for year in years
        for each in (*year.quarters, year.whole)
        for code, cell in each.cells.items()
        if cell is not None and cell.least < FEWEST
    ]


def _of_shares() -> list[str]:
    """T10: a share times its whole. None is printed of what is not public on both sides."""
    inferred = []
    today = clock.today()
    period = Period(date(today.year - 1, 1, 1), today)
    for one in INDICATORS.values():
        if isinstance(one.source, Share):
            found = table(Ask(one.code, period), as_of=clock.now()).rows[0].cells[0]
            is_public = exposure_of_total(one) is Exposure.PUBLIC
            if found.state is CellState.SHOWN and not is_public:
                inferred.append(f"T10 {one.code}")
    return inferred


def _of_cells(tables: Sequence[tuple[Indicator, Node, FigureTable]]) -> list[str]:
    """T11: what lies behind a hidden cell. It has no value, and its words have no digit but 11."""
    inferred = []
    for one, node, found in tables:
        inferred += [
            f"T11 {one.code}|{row.code}|{node}"
            for row in found.rows
            if not all(map(_is_silent, row.cells))
        ]
    return inferred


def _is_silent(cell: Cell) -> bool:
    if cell.state is CellState.SHOWN:
        return True
    digits = "".join(each for each in cell_words(replace(cell)) if each.isdigit())
    return cell.value is None and cell.most is None and digits in {"", str(FEWEST)}


def _of_cuts(years: Sequence[_Year]) -> tuple[list[str], list[float]]:
    """T12: two breakdowns of the same units. Of each a hidden number is guessed by the other's sum.

    Both add up to the same exact total, so that the parts of one tell nothing of those of the
    other but that total, which is known already.
    """
    inferred: list[str] = []
    deviations: list[float] = []
    for one, other in combinations(years, 2):
        if one.measure != other.measure or one.year != other.year:
            continue
        for at in range(4):
            told = one.quarters[at].cells
            hidden = [code for code, cell in told.items() if cell is None]
            beside = other.quarters[at].cells
            if len(hidden) != 1 or not beside or any(cell is None for cell in beside.values()):
                continue
            variance = sum(_variance(other, code) for code in beside)
            variance += sum(_variance(one, code) for code, cell in told.items() if cell)
            parts = sum(cell.least for cell in beside.values() if cell)
            mean = parts - sum(cell.least for cell in told.values() if cell)
            seen = (Seen((0,), HIDDEN_MEAN, HIDDEN_VARIANCE), Seen((0,), mean, variance))
            [guess] = guesses(1, seen)
            _judge(f"T12 {_name(one, hidden[0])}-Q{at + 1}", guess, inferred, deviations)
    return inferred, deviations
