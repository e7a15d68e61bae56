"""An open edition as JSON: the same words and numbers as its pages, for programs.

`docs/operations/figures.md` says what each name means.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.rules.fitting import total_of
from balise.steering.published.rules.licence import Licence
from balise.steering.rules.leaving import Cell, CellState, FigureTable, Span, TableRow, digest

TOTAL = "total"  # the code of a table's first row, which has none of its own

type Linked = Callable[[str], str]
type Json = dict[str, Any]


def described(
    deck: Deck, *, published_at: datetime, mark: str, licence: Licence, linked: Linked
) -> Json:
    """Return an edition with its figures; `linked` gives the address of a figure by its number."""
    return {
        "edition": deck.edition.isoformat(),
        "title": dict(deck.title),
        "published_at": moment(published_at),
        "as_of": moment(deck.as_of),
        "languages": list(deck.languages),
        "invented": deck.is_invented,
        "licence": {"title": dict(licence.title.by_language), "url": licence.url},
        "digest": mark,
        "figures": [_figure(one, linked(one.number)) for one in deck.figures.values()],
    }


def moment(at: datetime) -> str:
    """Return a moment in UTC, to the second (RFC 3339)."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def number(value: Decimal) -> int | float:
    """Return a number as JSON has it."""
    return int(value) if value == value.to_integral_value() else float(value)


def shown(cell: Cell) -> Decimal | None:
    """Return the number of a cell that may be seen; None for any other, whatever it holds."""
    return cell.value if cell.state is CellState.SHOWN else None


def _figure(table: FigureTable, permalink: str) -> Json:
    total = total_of(table)
    first = _cell(total.cells[0]) if total else {"value": None, "bound": None, "state": None}
    return {
        "code": table.code,
        "number": table.number,
        "line": table.line,
        "label": dict(table.name),
        "definition": dict(table.definition),
        "unit": dict(table.unit),
        "kind": table.kind.value,
        "is_share": table.is_percent,
        **first,
        "period": _span(table.period),
        "compared_with": _span(table.compared) if table.compared else None,
        "columns": [dict(head) for head in table.heads],
        "rows": [_row(row) for row in table.rows],
        "breaks": [{"on": one.on.isoformat(), "label": dict(one.name)} for one in table.breaks],
        "method": table.method.value,
        "declared_share": number(table.declared) if table.declared is not None else None,
        "source": dict(table.source),
        "version": table.version,
        "digest": digest(table),
        "permalink": permalink,
    }


def _row(row: TableRow) -> Json:
    return {
        "code": row.code or TOTAL,
        "label": dict(row.label),
        "days": row.days,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> Json:
    value = shown(cell)
    return {
        "value": number(value) if value is not None else None,
        "bound": cell.bound.value if value is not None else None,
        "state": cell.state.value,
    }


def _span(span: Span) -> Json:
    return {
        "first": span.first.isoformat() if span.first else None,
        "last": span.last.isoformat(),
    }
