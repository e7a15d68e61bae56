"""What everyone may read of an edition, as pages, JSON and files give it. Pure."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, Protocol

from balise.foundation.packs import Words, load
from balise.foundation.tables import as_csv
from balise.foundation.zipping import zipped
from balise.steering.editions.rules.deck import Chart, Deck, Page, total_of
from balise.steering.rules.leaving import (
    Cell,
    CellState,
    FigureTable,
    Protected,
    Span,
    TableRow,
    digest,
)

# The licence of open figures, from the country's pack.


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence; `id` is that of the Open Definition, empty where it has none."""

    title: Words
    url: str
    id: str


def licence(country: str) -> Licence:
    """Return the licence under which a country's centre gives its figures."""
    pack = load("balise.steering.published", country=country, name="licence")
    title = Words.read(pack["title"], where="licence.title")
    return Licence(title, pack["url"], pack.get("id", ""))


# An open edition as JSON: the same words and numbers as its pages, for programs.
#
# `docs/operations/figures.md` says what each name means.


TOTAL = "total"  # the code of a table's first row, which has none of its own

type Linked = Callable[[str], str]
type Json = dict[str, Any]


class Corrects(Protocol):
    """The edition that one was published in the place of."""

    @property
    def mark(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def erratum(self) -> int: ...
    @property
    def reasons(self) -> Mapping[str, str]: ...
    @property
    def digest(self) -> str: ...


def described(
    deck: Deck,
    *,
    published_at: datetime,
    mark: str,
    licence: Licence,
    linked: Linked,
    corrects: Corrects | None = None,
) -> Json:
    """Return an edition with its figures; `linked` gives the address of a figure by its number.

    One that `corrects` another says which, since when, and why.
    """
    corrected = {"corrected_from": _corrected(corrects)} if corrects else {}
    return {
        "edition": deck.edition.isoformat(),
        "title": dict(deck.title),
        "published_at": moment(published_at),
        "as_of": moment(deck.as_of),
        "languages": list(deck.languages),
        "invented": deck.is_invented,
        "licence": {"title": dict(licence.title.by_language), "url": licence.url},
        "digest": mark,
        **corrected,
        "figures": [_figure(one, linked(one.number)) for one in deck.figures.values()],
    }


def _corrected(other: Corrects) -> Json:
    return {
        "edition": other.mark,
        "digest": other.digest,
        "at": moment(other.at),
        "erratum": int(other.erratum),
        "reason": dict(other.reasons),
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
        "protected": _protected(table.protected) if table.protected else None,
    }


def _protected(protected: Protected) -> Json:
    """Return how far a number may be from the true one, and the days that each column is of."""
    return {
        "noise_at_most": protected.noise,
        "periods": [_span(span) if span else None for span in protected.spans],
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
    } | ({"most": number(cell.most)} if cell.most is not None else {})


def _span(span: Span) -> Json:
    return {
        "first": span.first.isoformat() if span.first else None,
        "last": span.last.isoformat(),
    }


# An open edition as a data package (Frictionless Data Package 1): a table a figure, definitions.
#
# The same edition is the same octets: nothing in it tells when or where it was made.


DESCRIPTOR: Final = "datapackage.json"
_DEFINITIONS: Final = "definitions"

type Fields = Sequence[tuple[str, str]]
type Line = Sequence[object]


def packaged(
    deck: Deck,
    *,
    published_at: datetime,
    name: str,
    licence: Licence,
    linked: Linked,
) -> bytes:
    """Return the ZIP of an edition, its descriptor first; `name` is whose figures these are."""
    tables = list(deck.figures.values())
    described = {
        "profile": "tabular-data-package",
        "name": f"figures-{deck.edition.isoformat()}",
        "title": f"{name}: {deck.title[deck.languages[0]]}, {deck.edition.isoformat()}",
        "version": deck.edition.isoformat(),
        "created": moment(published_at),
        "licenses": [_licence(licence)],
        "contributors": [{"title": name, "role": "publisher"}],
        "resources": [
            _resource(_DEFINITIONS, "Definitions", _definition_fields(deck), key=["number"]),
            *(
                _resource(
                    one.number.lower(),
                    f"{one.number} {one.name[deck.languages[0]]}",
                    _cell_fields(deck),
                    key=["row", "column"],
                )
                for one in tables
            ),
        ],
    }
    if deck.is_invented:
        described["description"] = "Made-up numbers, for a demonstration."
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    return zipped(
        [
            (DESCRIPTOR, text.encode()),
            (
                _path(_DEFINITIONS),
                _csv(_definition_fields(deck), _definitions(deck, tables, linked)),
            ),
            *(
                (_path(one.number.lower()), _csv(_cell_fields(deck), _cells(deck, one)))
                for one in tables
            ),
        ]
    )


def _licence(licence: Licence) -> dict[str, str]:
    told = {"path": licence.url, "title": str(licence.title.by_language[0][1])}
    return {"name": licence.id, **told} if licence.id else told


def _path(name: str) -> str:
    return f"data/{name}.csv"


def _resource(name: str, title: str, fields: Fields, *, key: list[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": _path(name),
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [_field(each, kind) for each, kind in fields],
            "missingValues": [""],
            "primaryKey": key,
        },
    }


def _field(name: str, kind: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind}
    if name == "state":
        field["constraints"] = {"required": True, "enum": [state.value for state in CellState]}
    return field


def _definition_fields(deck: Deck) -> Fields:
    return (
        ("number", "string"),
        ("code", "string"),
        ("version", "integer"),
        ("line", "string"),
        *((f"name_{each}", "string") for each in deck.languages),
        *((f"definition_{each}", "string") for each in deck.languages),
        *((f"unit_{each}", "string") for each in deck.languages),
        *((f"source_{each}", "string") for each in deck.languages),
        ("kind", "string"),
        ("method", "string"),
        ("is_share", "boolean"),
        ("first", "date"),
        ("last", "date"),
        ("compared_first", "date"),
        ("compared_last", "date"),
        ("as_of", "datetime"),
        ("digest", "string"),
        ("permalink", "string"),
    )


def _definitions(deck: Deck, tables: Iterable[FigureTable], linked: Linked) -> Iterator[Line]:
    for one in tables:
        compared = one.compared
        yield (
            one.number,
            one.code,
            one.version,
            one.line,
            *(one.name[each] for each in deck.languages),
            *(one.definition[each] for each in deck.languages),
            *(one.unit[each] for each in deck.languages),
            *(one.source[each] for each in deck.languages),
            one.kind.value,
            one.method.value,
            "true" if one.is_percent else "false",
            one.period.first or "",
            one.period.last,
            (compared.first if compared else None) or "",
            compared.last if compared else "",
            moment(one.as_of),
            digest(one),
            linked(one.number),
        )


def _cell_fields(deck: Deck) -> Fields:
    return (
        ("row", "string"),
        *((f"label_{each}", "string") for each in deck.languages),
        ("days", "integer"),
        ("column", "integer"),
        *((f"head_{each}", "string") for each in deck.languages),
        ("value", "number"),
        ("bound", "string"),
        ("state", "string"),
    )


def _cells(deck: Deck, table: FigureTable) -> Iterator[Line]:
    """Yield a line for each cell: columns are numbered from 1, in the order of the table."""
    for row in table.rows:
        for column, (head, cell) in enumerate(zip(table.heads, row.cells, strict=True), start=1):
            value = shown(cell)
            yield (
                row.code or TOTAL,
                *(row.label.get(each, "") for each in deck.languages),
                "" if row.days is None else row.days,
                column,
                *(head[each] for each in deck.languages),
                "" if value is None else f"{value:f}",
                "" if value is None else cell.bound.value,
                cell.state.value,
            )


def _csv(fields: Fields, lines: Iterable[Line]) -> bytes:
    rows = [[name for name, _kind in fields], *lines]
    return as_csv(rows, separator=",", has_mark=False).encode()


# An edition without what is not for everyone.


def opened(deck: Deck, codes: Container[str]) -> Deck:
    """Return a deck with the figures of these indicators alone, and the pages that show one."""
    figures = {number: one for number, one in deck.figures.items() if one.code in codes}
    pages = tuple(
        replace(page, charts=charts, sentences=(), notes=None)
        for page in deck.pages
        if (charts := tuple(one for one in page.charts if one.figure in figures))
    )
    return replace(deck, pages=pages, figures=figures)


def alone(deck: Deck, number: str) -> Deck:
    """Return a deck of one figure, on the first page that shows it."""
    table = deck.figures[number]
    page, chart = _first(deck, number)
    return replace(deck, pages=(replace(page, charts=(chart,)),), figures={number: table})


def latest_of(deck: Deck, code: str) -> FigureTable | None:
    """Return the first figure of an indicator: what a card that follows the editions shows."""
    return next((one for one in deck.figures.values() if one.code == code), None)


def _first(deck: Deck, number: str) -> tuple[Page, Chart]:
    return next(
        (page, chart) for page in deck.pages for chart in page.charts if chart.figure == number
    )
