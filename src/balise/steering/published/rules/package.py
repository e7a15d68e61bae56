"""An open edition as a data package (Frictionless Data Package 1): a table a figure, definitions.

The same edition is the same octets: nothing in it tells when or where it was made.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from balise.foundation.tables import as_csv
from balise.foundation.zipping import zipped
from balise.steering.editions.rules.deck import Deck
from balise.steering.published.rules.described import TOTAL, Linked, moment, shown
from balise.steering.published.rules.licence import Licence
from balise.steering.rules.leaving import CellState, FigureTable, digest

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
