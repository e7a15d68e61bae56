"""A figure as it leaves: masked, audited, compared with all that left before. The one way out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import override, pgettext

from balise.foundation.actors import SYSTEM
from balise.foundation.statistics.boards import label_of
from balise.foundation.statistics.indicators import Indicator, IndicatorKind, Method
from balise.foundation.statistics.quantities import Quantity
from balise.steering.indicators.queries.leaving import NOT_GIVEN, Left, may_leave, steps_of
from balise.steering.indicators.queries.values import LANGUAGES, Tallies, values
from balise.steering.indicators.rules.values import Ask, Lack, Value
from balise.steering.rules.leaving import Break, Cell, CellState, FigureTable, Span, TableRow, Text
from balise.steering.rules.periods import Period, so_far, title

# There was nothing to count; all else that has no number was not counted. Of a step that is to come
# there is nothing either.
_NOTHING: Final = frozenset({Lack.NO_WHOLE})
_NOTHING_OF_A_STEP: Final = _NOTHING | {Lack.NOT_YET}


def table(
    ask: Ask,
    *,
    compared: Period | None = None,
    known_by: date | None = None,
    as_of: datetime,
    number: str = "",
) -> FigureTable:
    """Return a figure for a period, beside another, as anyone may see it; keep what leaves.

    Rows are the parts that were asked, or the steps. What is small is withheld, and what would give
    it back, with what left before: from this table, or from an earlier one of other days. Where
    little changed since the same days left, it leaves once more as it was.
    """
    periods = [ask.period, *([compared] if compared else [])]
    asks = [replace(ask, period=period) for period in periods]
    found = values(asks, known_by=known_by, seen_by=SYSTEM)
    one = found[0].indicator
    tallies = Tallies([one], known_by=known_by)
    left = may_leave(ask, found, tallies)
    return FigureTable(
        number=number,
        code=one.code,
        version=one.version,
        line=one.line,
        name=in_each(lambda: str(one.name)),
        definition=in_each(lambda: str(one.definition)),
        unit=in_each(lambda: noun(one)),
        kind=one.kind,
        method=one.method,
        source=in_each(lambda: str(one.owner)),
        period=_span(found[0], tallies),
        compared=_span(found[1], tallies) if compared else None,
        as_of=as_of,
        heads=tuple(in_each(partial(title, period)) for period in periods),
        rows=_rows(ask, found, left),
        breaks=_breaks(found),
        is_percent=one.is_share,
        declared=Decimal(1) if one.method is Method.DECLARED else None,
        permalink=permalink(one.code, ask.period, known_by),
    )


def _breaks(found: Sequence[Value]) -> tuple[Break, ...]:
    """Return the breaks of all columns, each once, oldest first."""
    every: list[Break] = []
    for value in found:
        every += [each for each in value.breaks if each not in every]
    return tuple(sorted(every, key=lambda each: each.on))


def permalink(code: str, period: Period, known_by: date | None) -> str:
    """Return the address of a figure's page, as it is known on a day."""
    asked = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    if known_by:
        asked["known_by"] = known_by.isoformat()
    return f"/staff/steering/figure/{code}/?{urlencode(asked)}"


def in_each(words: Callable[[], str]) -> Text:
    """Return what some words are in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = words()
    return found


def noun(one: Indicator, count: int = 2) -> str:
    """Return the noun of an indicator's unit alone, as “reports”."""
    return str(one.unit % {"count": count, "many": ""}).strip()


def _span(value: Value, tallies: Tallies) -> Span:
    done = so_far(value.period, tallies.until) or value.period
    is_level = value.indicator.kind in {IndicatorKind.STOCK, IndicatorKind.CUMULATIVE}
    return Span(None if is_level else done.first, done.last)


def _rows(ask: Ask, found: Sequence[Value], left: Left) -> tuple[TableRow, ...]:
    """Return the rows of a table: the total, then steps in order, or parts with withheld ones last.

    The order of withheld rows says nothing: it is that of their codes.
    """
    total = TableRow(
        "", in_each(lambda: pgettext("figures", "Total")), _cells("", found, left, steps=False)
    )
    if ask.steps:
        return (total, *_step_rows(found, left))
    one = found[0].indicator
    labels = {part.code or NOT_GIVEN: part for value in found for part in value.parts}
    shown = sorted(labels, key=lambda code: _order(code, left))
    rows = []
    for code in shown:
        part = labels[code]
        given = dict.fromkeys(LANGUAGES, part.label) if part.label else None
        label = given or in_each(partial(_label, one, part.code))
        rows.append(TableRow(code, label, _cells(code, found, left, steps=False)))
    return (total, *rows)


def _step_rows(found: Sequence[Value], left: Left) -> list[TableRow]:
    rows = []
    until = found[0].period.first.toordinal() + found[0].days - 1
    for code, step in steps_of(found[0], found[0]):
        over = until - step.period.first.toordinal() + 1
        days = over if 0 < over < step.period.day_count else None
        label = in_each(partial(title, step.period))
        rows.append(TableRow(code, label, _cells(code, found, left, steps=True), days))
    return rows


def _order(code: str, left: Left) -> tuple[bool, bool, Decimal, str]:
    is_gone = code in left.gone
    quantity = left.columns[0].get(code)
    size = Decimal() if is_gone or quantity is None else quantity.value
    return is_gone, code == NOT_GIVEN, -size, code


def _cells(code: str, found: Sequence[Value], left: Left, *, steps: bool) -> tuple[Cell, ...]:
    cells = []
    for value, column in zip(found, left.columns, strict=True):
        gap = value.gap
        if steps:
            gaps = {each: step.gap for each, step in steps_of(value, found[0])}
            gap = gaps.get(code, Lack.NO_WHOLE)
        quantity = column.get(code)
        if quantity is None and code and not steps and value.quantity is not None:
            quantity = Quantity(Decimal())  # the others have this part, here there is none
        nothing = _NOTHING_OF_A_STEP if steps else _NOTHING
        cells.append(_cell(quantity, is_nothing=gap in nothing, is_gone=code in left.gone))
    return tuple(cells)


def _cell(quantity: Quantity | None, *, is_nothing: bool, is_gone: bool) -> Cell:
    if quantity is None:
        return Cell(CellState.NOTHING if is_nothing else CellState.NOT_COUNTED)
    if is_gone:
        return Cell(CellState.WITHHELD)
    return Cell(CellState.SHOWN, quantity.value, quantity.bound)


def _label(one: Indicator, code: str) -> str:
    """Return the words for a part; where people give the codes, as to campaigns, the code."""
    labels = one.labels()
    return label_of(code, labels) if labels or not code else code
