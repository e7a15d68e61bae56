"""A figure as it leaves, page, card, file, picture or mail: the one way out."""

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
from balise.foundation.statistics.protection import Exposure
from balise.steering.indicators import ports
from balise.steering.indicators.queries.leaving import (
    NOT_GIVEN,
    Left,
    may_leave,
    rows_of,
    steps_of,
    unless_nobody_counted,
)
from balise.steering.indicators.queries.values import LANGUAGES, Tallies, breaks_of, noted, values
from balise.steering.indicators.rules.values import Ask, Lack, Value
from balise.steering.rules.leaving import Break, FigureTable, Protected, Span, TableRow, Text
from balise.steering.rules.periods import EARLIEST, Period, so_far, title

_CAMPAIGN, _EDITIONS = "campaign", "CAMP-ED"  # people give these codes: their names are shown
# Before the first day that was counted there is nothing to compare with, not even nought.
_UNCOUNTED: Final = frozenset({Lack.BEFORE_THE_CENTRE, Lack.BEFORE_THE_MEASURE})


def table(
    ask: Ask,
    *,
    compared: Period | None = None,
    known_by: date | None = None,
    as_of: datetime,
    number: str = "",
) -> FigureTable:
    """Return a figure for a period, beside another, as anyone may see it.

    Rows are the parts that were asked, or the steps. What tells of people is as it was told of the
    quarters and years within the period. Beside days that were not all counted nothing is compared.
    """
    periods = [ask.period, *([compared] if compared else [])]
    asks = [replace(ask, period=period) for period in periods]
    read = values(asks, known_by=known_by, seen_by=SYSTEM)
    one = read[0].indicator
    tallies = Tallies([one], known_by=known_by)
    now, *others = (unless_nobody_counted(value, tallies) for value in read)
    found = (now, *(value for value in others if value.gap not in _UNCOUNTED))
    left = [may_leave(ask, value, found[0], known_by=tallies.known_by) for value in found]
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
        compared=_span(found[1], tallies) if len(found) > 1 else None,
        as_of=as_of,
        heads=tuple(in_each(partial(title, _head(value))) for value in found),
        rows=_rows(ask, found, left),
        breaks=_breaks(found, tallies),
        is_percent=one.is_share,
        declared=Decimal(1) if one.method is Method.DECLARED else None,
        permalink=permalink(one.code, ask.period, known_by),
        protected=_protected(left),
    )


def _protected(left: Sequence[Left]) -> Protected | None:
    if not any(each.is_protected for each in left):
        return None
    spans = [
        Span(each.nodes[0].first, each.nodes[-1].last) if each.nodes else None for each in left
    ]
    return Protected(Exposure.GRAVE.noise_at_most, tuple(spans))


def _breaks(found: Sequence[Value], tallies: Tallies) -> tuple[Break, ...]:
    """Return the breaks within all columns and between them, oldest first."""
    first = min(value.period.first for value in found)
    last = min(max(value.period.last for value in found), tallies.until)
    return breaks_of(found[0].indicator, noted(), first, last)


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


def _is_stock(value: Value) -> bool:
    return value.indicator.kind in {IndicatorKind.STOCK, IndicatorKind.CUMULATIVE}


def _head(value: Value) -> Period:
    """Return the days that a column is of: of a stock, the last one alone."""
    last = value.period.last
    return Period(last, last) if _is_stock(value) else value.period


def _span(value: Value, tallies: Tallies) -> Span:
    done = so_far(value.period, tallies.until) or value.period
    return Span(None if _is_stock(value) else done.first, done.last)


def _rows(ask: Ask, found: Sequence[Value], left: Sequence[Left]) -> tuple[TableRow, ...]:
    """Return the rows of a table: the total, then steps in order, or parts, hidden last."""
    total = TableRow(
        "",
        in_each(lambda: pgettext("figures", "Total")),
        tuple(each.total for each in left),
    )
    if ask.steps:
        return (total, *_step_rows(found, left))
    one = found[0].indicator
    names = {part.code: part.label for value in found for part in value.parts if part.label}
    if one.by == _CAMPAIGN or one.code == _EDITIONS:
        ran = ports.campaigns.ask(EARLIEST, found[0].period.last)
        names |= {code: name for code, name, _first, _last in ran}
    rows = []
    for code in rows_of(left):
        own = "" if code == NOT_GIVEN else code
        given = dict.fromkeys(LANGUAGES, names[own]) if own in names else None
        label = given or in_each(partial(_label, one, own))
        rows.append(TableRow(code, label, tuple(each.cells.get(code, each.rest) for each in left)))
    return (total, *rows)


def _step_rows(found: Sequence[Value], left: Sequence[Left]) -> list[TableRow]:
    rows = []
    until = found[0].period.first.toordinal() + found[0].days - 1
    for code, step in steps_of(found[0], found[0]):
        over = until - step.period.first.toordinal() + 1
        days = over if 0 < over < step.period.day_count else None
        label = in_each(partial(title, step.period))
        cells = tuple(each.cells.get(code, each.rest) for each in left)
        rows.append(TableRow(code, label, cells, days))
    return rows


def _label(one: Indicator, code: str) -> str:
    """Return the words for a part; where people give the codes, as to campaigns, the code."""
    labels = one.labels()
    return label_of(code, labels) if labels or not code else code
