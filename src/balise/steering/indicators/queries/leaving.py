"""What of a figure's values may leave: exact where it is public, else as it was told.

A number that tells of people leaves by whole quarters and years, with its noise
(`statistics.telling`); one that is for inside does not leave.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.statistics import telling
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.indicators import (
    Beside,
    Ever,
    Flow,
    Indicator,
    Level,
    counts_of,
)
from balise.foundation.statistics.protection import Exposure, Node, Sum
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.indicators.queries.values import Tallies, beside, values
from balise.steering.indicators.rules.values import Ask, Lack, Stepped, Value
from balise.steering.rules.leaving import Cell, CellState
from balise.steering.rules.periods import EARLIEST, Period

NOT_GIVEN: Final = "none"  # the code of a row without one; the total's is empty

# There was nothing to count; all else that has no number was not counted. Of a step that is to come
# there is nothing either.
_NOTHING: Final = frozenset({Lack.NO_WHOLE})
_NOTHING_OF_A_STEP: Final = _NOTHING | {Lack.NOT_YET}
_WITHHELD: Final = Cell(CellState.WITHHELD)

type Cells = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Left:
    """What may leave of a value: its total, and a cell for each row by its code.

    `is_protected`: some of it is told with noise, then of the periods `nodes`; `rest` is the cell
    of a row that other columns have.
    """

    total: Cell
    cells: Cells = field(default_factory=dict)
    rest: Cell = _WITHHELD
    nodes: tuple[Node, ...] = ()
    is_protected: bool = False


def may_leave(ask: Ask, value: Value, first: Value, *, known_by: date | None) -> Left:
    """Return what may leave of a value beside the first one, as known at the end of a day."""
    on = known_by + timedelta(days=1) if known_by else clock.today()
    one = value.indicator
    if isinstance(one.source, Beside):
        return _beside(value, known_by)
    exposure = exposure_of_total(one)
    if ask.steps:
        return _steps(value, first, exposure, on)
    whole = _total(value, exposure, on)
    measure = _measure_of(one)
    if not ask.parts or not one.by or not measure:
        return replace(whole, cells=_parts(value), rest=_none(value))
    match exposure_of(measure, one.by):
        case Exposure.INSIDE:
            return whole
        case Exposure.PUBLIC:
            return replace(whole, cells=_parts(value), rest=_none(value))
        case _:
            return _told_parts(value, whole, measure, on)


def exposure_of_total(one: Indicator) -> Exposure:
    """Return the class of a figure's own number: the gravest of what it is made of."""
    found = set()
    for counts in counts_of(one.source):
        found.add(exposure_of(counts.measure))
        found |= {
            exposure_of(counts.measure, name, each) for name, codes in counts.only for each in codes
        }
    order = (Exposure.INSIDE, Exposure.GRAVE, Exposure.SENSITIVE)
    return next((each for each in order if each in found), Exposure.PUBLIC)


def steps_of(value: Value, first: Value) -> Iterable[tuple[str, Stepped]]:
    """Yield the steps of a column, each by the code of the step that it stands beside."""
    for mine, other in zip(value.steps, first.steps, strict=False):
        yield other.period.first.isoformat(), mine


def _measure_of(one: Indicator) -> str:
    """Return the measure whose codes are a figure's parts, "" where they are something else."""
    is_counted = isinstance(one.source, Flow | Level)
    return counts_of(one.source)[0].measure if is_counted else ""


def _total(value: Value, exposure: Exposure, on: date) -> Left:
    if exposure is Exposure.PUBLIC:
        return Left(_cell(value.quantity, value.gap in _NOTHING))
    if exposure is Exposure.INSIDE or value.quantity is None:
        return Left(_WITHHELD if value.quantity else _cell(None, value.gap in _NOTHING))
    found = telling.printed(_measure_of(value.indicator), "", *_days(value.period), on=on)
    cell = _told(found.cells[""]) if "" in found.cells else _WITHHELD
    return Left(cell, nodes=found.nodes, is_protected=True)


def _told_parts(value: Value, whole: Left, measure: str, on: date) -> Left:
    """Return the parts as they were told; those that are public beside them are exact."""
    one = value.indicator
    found = telling.printed(measure, one.by, *_days(value.period), on=on)
    cells = {code: _told(number) for code, number in found.cells.items()}
    cells |= dict.fromkeys(found.beside, _WITHHELD)
    cells = {code or NOT_GIVEN: cell for code, cell in cells.items()}
    exact = _parts(value)
    for code in one.labels():
        if exposure_of(measure, one.by, code) is Exposure.PUBLIC:
            cells[code] = exact.get(code, _none(value))
    return replace(whole, cells=cells, nodes=found.nodes, is_protected=True)


def _steps(value: Value, first: Value, exposure: Exposure, on: date) -> Left:
    """Return each step exact, or as it was told where it is a period of the grid."""
    total = _total(value, exposure, on)
    cells = {}
    for code, step in steps_of(value, first):
        if exposure is Exposure.PUBLIC or step.quantity is None:
            cells[code] = _cell(step.quantity, step.gap in _NOTHING_OF_A_STEP)
        else:
            cells[code] = _told_step(value, step.period, exposure, on)
    return replace(total, cells=cells, rest=Cell(CellState.NOTHING))


def _told_step(value: Value, period: Period, exposure: Exposure, on: date) -> Cell:
    if not exposure.is_protected:
        return _WITHHELD
    found = telling.printed(_measure_of(value.indicator), "", *_days(period), on=on)
    is_whole = found.nodes and (found.nodes[0].first, found.nodes[-1].last) == _days(period)
    return _told(found.cells[""]) if is_whole and "" in found.cells else _WITHHELD


def unless_nobody_counted(value: Value, tallies: Tallies) -> Value:
    """Return a value, without its number where it is nought and no fact of its kind ever came.

    Whether nobody came or nobody counted, such a nought does not say.
    """
    source = value.indicator.source
    if value.quantity is None or value.quantity.value or isinstance(source, Beside):
        return value
    ever = Period(EARLIEST, value.period.last)
    counted = counts_of(source)[:1] if not isinstance(source, Ever) else counts_of(source)
    if not counted or any(tallies.amount(each, ever).events for each in counted):
        return value
    return replace(value, quantity=None, gap=Lack.BEFORE_THE_MEASURE, parts=())


def _beside(value: Value, known_by: date | None) -> Left:
    """Return what may leave of figures that stand one beside the other: each by its own rule."""
    cells: dict[str, Cell] = dict(_parts(value))
    nodes: set[Node] = set()
    for each in beside(value.indicator):
        ask = Ask(each.code, value.period)
        [own] = values([ask], known_by=known_by, seen_by=SYSTEM)
        own = unless_nobody_counted(own, Tallies([each], known_by=known_by))
        left = may_leave(ask, own, own, known_by=known_by)
        nodes |= set(left.nodes)
        if each.code in cells:
            cells[each.code] = left.total
    total = _cell(value.quantity, value.gap in _NOTHING)
    return Left(total, cells, _none(value), tuple(sorted(nodes)), bool(nodes))


def _parts(value: Value) -> Cells:
    return {part.code or NOT_GIVEN: _cell(part.quantity, is_nothing=False) for part in value.parts}


def _none(value: Value) -> Cell:
    """Return the cell of a part that others have and this value has not."""
    if value.quantity is None:
        return _cell(None, value.gap in _NOTHING)
    return _cell(Quantity(Decimal()), is_nothing=False)


def _cell(quantity: Quantity | None, is_nothing: bool) -> Cell:  # noqa: FBT001 - one of two words
    if quantity is None:
        return Cell(CellState.NOTHING if is_nothing else CellState.NOT_COUNTED)
    return Cell(CellState.SHOWN, quantity.value, quantity.bound)


def _told(number: Sum | None) -> Cell:
    """Return a told number as it is printed; the bounds of a sum where it has them."""
    if number is None:
        return Cell(CellState.UNDER)
    if number.is_exact:
        return Cell(CellState.SHOWN, Decimal(number.least))
    if not number.least:
        return Cell(CellState.SHOWN, Decimal(number.most), Bound.AT_MOST)
    return Cell(CellState.SHOWN, Decimal(number.least), most=Decimal(number.most))


def _days(period: Period) -> tuple[date, date]:
    return period.first, period.last


def rows_of(left: Sequence[Left]) -> list[str]:
    """Return the codes of the rows of some columns, in no order that tells of a hidden number.

    The largest of the first column first; what has no number last, by its code.
    """
    codes = {code: None for each in left for code in each.cells}

    def place(code: str) -> tuple[bool, bool, Decimal, str]:
        cell = left[0].cells.get(code, left[0].rest)
        is_gone = cell.state in {CellState.WITHHELD, CellState.UNDER}
        return is_gone, code == NOT_GIVEN, -(cell.value or Decimal()), code

    return sorted(codes, key=place)
