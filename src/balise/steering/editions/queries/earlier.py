"""What a figure was when editions were frozen, beside what is known of the same days now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from balise.foundation.actors import Actor
from balise.steering.editions import access
from balise.steering.editions.models import Edition
from balise.steering.editions.rules import deck
from balise.steering.editions.rules.deck import total_of
from balise.steering.indicators.queries.values import values
from balise.steering.indicators.rules.values import Ask, Value
from balise.steering.rules.leaving import Cell, CellState, FigureTable, as_printed, cell_words
from balise.steering.rules.periods import Period

LATEST: Final = 6  # editions


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure of a frozen edition: its number there, and of the same days, then and now.

    `then` is as it left the house, small numbers withheld; `now` is whole. `is_revised` where both
    are numbers and are not printed alike.
    """

    edition_id: UUID
    day: date
    number: str
    period: Period
    then: str
    now: str
    is_revised: bool


def earlier_values(code: str, *, seen_by: Actor) -> Sequence[Earlier]:
    """Return a figure as the latest frozen editions show it, the latest first."""
    access.require(seen_by, access.READ)
    rows = Edition.objects.exclude(frozen_at=None).filter(deck__contains=f'"code":"{code}"')
    shown: list[tuple[Edition, FigureTable]] = []
    for row in rows.order_by("-day")[:LATEST]:
        tables = deck.read(row.deck).figures.values()
        shown += [(row, table) for table in tables if table.code == code][:1]
    asks = [Ask(code, _period(table)) for _row, table in shown]
    known = values(asks, seen_by=seen_by) if asks else ()
    return [_earlier(row, table, now) for (row, table), now in zip(shown, known, strict=True)]


def _earlier(row: Edition, table: FigureTable, value: Value) -> Earlier:
    total = total_of(table)
    then = total.cells[0] if total else Cell(CellState.NOTHING)
    quantity = value.quantity
    now = (
        Cell(CellState.SHOWN, quantity.value, quantity.bound)
        if quantity
        else Cell(CellState.NOT_COUNTED)
    )
    is_revised = (
        then.value is not None
        and now.value is not None
        and as_printed(then.value) != as_printed(now.value)
    )
    return Earlier(
        row.id,
        row.day,
        table.number,
        _period(table),
        cell_words(then, is_percent=table.is_percent),
        cell_words(now, is_percent=table.is_percent),
        is_revised,
    )


def _period(table: FigureTable) -> Period:
    return Period(table.period.first or table.period.last, table.period.last)
