"""Which rows of a table may leave, beside each other and beside all that left before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from balise.foundation.actors import SYSTEM
from balise.foundation.statistics import measures
from balise.foundation.statistics.audit import audit
from balise.foundation.statistics.indicators import (
    Beside,
    Counts,
    Ever,
    Flow,
    Indicator,
    IndicatorKind,
    Latest,
    Level,
    NotCounted,
    Recorded,
    counts_of,
)
from balise.foundation.statistics.measures import ADULTS, Table
from balise.foundation.statistics.quantities import Quantity
from balise.steering.indicators.queries.values import Tallies, beside, counted_days, values
from balise.steering.indicators.rules.masking import Column, Spread, atoms, problem, withheld
from balise.steering.indicators.rules.values import Amount, Ask, Stepped, Value
from balise.steering.rules.periods import Period, so_far

NOT_GIVEN: Final = "none"  # the code of a row without one; the total's is empty

type Told = Mapping[str, Quantity]


@dataclass(frozen=True, slots=True)
class Left:
    """What may leave: the codes of withheld rows, and the numbers of each column by row.

    The numbers are those of now, or those that left before of the same days.
    """

    gone: frozenset[str]
    columns: tuple[Told, ...]


def may_leave(ask: Ask, found: Sequence[Value], tallies: Tallies) -> Left:
    """Return what may leave of an indicator's values, one for each column; keep what leaves."""
    one = found[0].indicator
    columns = tuple(told(ask, value, found[0]) for value in found)
    match one.source:
        case Latest() | NotCounted():
            return Left(frozenset(), columns)
        case Recorded(counts_as=IndicatorKind.READING):  # a place in an order tells of nobody
            return Left(frozenset(), columns)
        case Beside():
            return _beside(found, columns, tallies)
        case Flow() | Level() | Ever():
            return _counted(ask, found, columns, tallies)
        case Recorded() if not one.is_share:
            return _counted(ask, found, columns, tallies)
        case _:
            return _ratios(ask, found, columns, tallies)


def told(ask: Ask, value: Value, first: Value) -> dict[str, Quantity]:
    """Return the numbers of a column by row; a row that has none there is not in it."""
    numbers = {"": value.quantity}
    if ask.steps:
        numbers |= {code: step.quantity for code, step in steps_of(value, first)}
    else:
        numbers |= {part.code or NOT_GIVEN: part.quantity for part in value.parts}
    return {code: quantity for code, quantity in numbers.items() if quantity is not None}


def steps_of(value: Value, first: Value) -> Iterable[tuple[str, Stepped]]:
    """Yield the steps of a column, each by the code of the step that it stands beside."""
    for mine, other in zip(value.steps, first.steps, strict=False):
        yield other.period.first.isoformat(), mine


def _counted(ask: Ask, found: Sequence[Value], columns: Sequence[Told], tallies: Tallies) -> Left:
    one = found[0].indicator
    known = [number for number, value in enumerate(found) if value.quantity is not None]
    told_columns = [
        _column(found[number], columns[number], ask, found[0], tallies) for number in known
    ]
    # Parts of a level that was at each step do not make a whole; nor do overlapping ones.
    apart = not one.adds_across or (ask.steps and not one.adds_over_time)
    gone = withheld(told_columns, one.threshold, overlaps=apart)
    if _is_audited(one) and told_columns:
        gone |= _audited(ask, found, told_columns, known, gone, tallies, apart=apart)
    by = "steps" if ask.steps else one.by
    told_now = [dict(column) for column in columns]
    for number, column in zip(known, told_columns, strict=True):
        table = Table(
            by,
            None if "" in gone else column.total,
            {code: None if code in gone else many for code, many in column.parts.items()},
            threshold=one.threshold,
        )
        [settled] = measures.settle(
            [table],
            subject=_subject(one),
            first=column.period.first,
            last=column.period.last,
        )
        numbers = {"": settled.total, **settled.parts}
        gone |= {code for code, many in numbers.items() if many is None}
        for code, quantity in told_now[number].items():
            many = numbers.get(code)
            if many is not None:
                told_now[number][code] = replace(quantity, value=Decimal(many))
    return Left(gone, tuple(told_now))


def _column(value: Value, told_of: Told, ask: Ask, first: Value, tallies: Tallies) -> Column:
    """Return the whole numbers of a column, and which of them few facts make."""
    made: dict[str, int] = {"": value.events}
    if ask.steps:
        made |= {code: step.events for code, step in steps_of(value, first)}
    else:
        made |= {part.code or NOT_GIVEN: part.events for part in value.parts}
    few = value.indicator.threshold.is_small
    done = so_far(value.period, tallies.until) or value.period
    return Column(
        counted_days(value.indicator, done),
        int(told_of[""].value),
        {code: int(quantity.value) for code, quantity in told_of.items() if code},
        frozenset(code for code, events in made.items() if few(events)),
    )


def _audited(
    ask: Ask,
    found: Sequence[Value],
    columns: Sequence[Column],
    known: Sequence[int],
    gone: frozenset[str],
    tallies: Tallies,
    *,
    apart: bool,
) -> frozenset[str]:
    """Return the rows that the auditor withholds as well."""
    one = found[0].indicator
    counts = counts_of(one.source)[0]
    within = [
        {
            code: counted_days(one, done)
            for code, step in steps_of(found[number], found[0])
            if (done := so_far(step.period, tallies.until))
        }
        for number in known
    ]
    first = min(column.period.first for column in columns)
    last = max(column.period.last for column in columns)
    left = measures.left_before(_subject(one), first, last)
    spread = Spread(
        atoms(
            [
                *(column.period for column in columns),
                *(days for each in within for days in each.values()),
                *(Period(begins, ends) for begins, ends, _table in left),
            ]
        ),
        within if ask.steps else (),
    )
    numbers = []
    for atom in spread.atoms:
        amounts = tallies.amounts(counts, atom, one.by)
        parts = {code or NOT_GIVEN: amount.of(counts) for code, amount in amounts.items()}
        whole = sum(amounts.values(), Amount()).of(counts)
        numbers.append((whole, parts if ask.parts and one.by else {}))
    asked, codes = problem(
        columns, gone, spread, numbers, left, by=one.by, threshold=one.threshold, overlaps=apart
    )
    return frozenset(codes[row] for row in audit(asked))


def _is_audited(one: Indicator) -> bool:
    """Return whether what changes from a day to another is looked at too.

    Of a stock it is not: it came and went. Nor of what ever was, of things and adults: those who
    came between two days are told by no code.
    """
    match one.source:
        case Level(went=None):
            return one.threshold != ADULTS
        case Level() | Ever() | Recorded():
            return False
        case _:
            return True


def _subject(one: Indicator) -> str:
    """Return what is counted, whichever figure or board shows it."""
    if isinstance(one.source, Ever | Recorded):
        return f"figure {one.code}"
    counts: Counts = counts_of(one.source)[0]
    only = "".join(f" {name}={','.join(values)}" for name, values in counts.only)
    level = "level " if isinstance(one.source, Level) else ""
    return f"{level}{counts.measure}{' sums' if counts.sums else ''}{only}"[:120]


def _beside(found: Sequence[Value], columns: Sequence[Told], tallies: Tallies) -> Left:
    """Return what may leave of figures that stand one beside the other: each by its own rule."""
    gone: set[str] = set()
    told_now = [dict(column) for column in columns]
    for each in beside(found[0].indicator):
        if isinstance(each.source, Latest):  # what others count leaves as it stands
            continue
        asks = [Ask(each.code, value.period) for value in found]
        known_by = tallies.known_by
        its_own = Tallies([each], known_by=known_by)
        left = may_leave(asks[0], values(asks, known_by=known_by, seen_by=SYSTEM), its_own)
        if "" in left.gone:
            gone.add(each.code)
        for told_of, numbers in zip(told_now, left.columns, strict=True):
            told_of.pop(each.code, None)
            if "" in numbers:
                told_of[each.code] = numbers[""]
    return Left(frozenset(gone), tuple(told_now))


def _ratios(ask: Ask, found: Sequence[Value], columns: Sequence[Told], tallies: Tallies) -> Left:
    """Return what may leave of shares, means and rates: none of few, and none of almost all."""
    one = found[0].indicator
    few = one.threshold.is_small
    gone: set[str] = set()
    for value, numbers in zip(found, columns, strict=True):
        made = {"": (value.events, value.period)}
        if ask.steps:
            made |= {code: (step.events, step.period) for code, step in steps_of(value, found[0])}
        for code, (events, period) in made.items():
            quantity = numbers.get(code)
            if quantity is None:
                continue
            sides = [events]
            if one.is_share:
                part = round(quantity.value * events)
                sides += [part, events - part]
            done = so_far(period, tallies.until) or period
            if any(few(side) for side in sides) or not _settles(one, sides, done):
                gone.add(code)
    return Left(frozenset(gone), tuple(columns))


def _settles(one: Indicator, sides: Sequence[int], period: Period) -> bool:
    """Return whether a ratio may leave beside what left of the same days; keep that it does."""
    table = Table("sides", sides[0], {str(place): side for place, side in enumerate(sides[1:])})
    table = replace(table, threshold=one.threshold)
    [settled] = measures.settle(
        [table], subject=f"ratio {one.code}", first=period.first, last=period.last
    )
    return settled.numbers == table.numbers
