"""The files in which figures leave: they hold what is published, and say what is hidden."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy

from balise.foundation import tables
from balise.foundation.statistics.quantities import Bound
from balise.steering.boards.rules.publishing import Publication, PublishedPart
from balise.steering.rules.leaving import (
    NOT_COUNTED,
    Cell,
    CellState,
    FigureTable,
    cell_words,
    json_number,
)

# Until when it counted comes last: whoever reads the columns before by their place still does.
COLUMNS: Final = (
    *("figure", "title", "period", "code", "label", "number", "remark"),
    "counted_until",
)


@dataclass(frozen=True, slots=True)
class FileForm:
    """One way to write a publication."""

    code: str
    name: str | Promise
    content_type: str
    write: Callable[[Publication], str]


def as_csv(publication: Publication) -> str:
    """Return one row for each figure, period and code; the code of a total is “total”."""
    rows: list[tuple[object, ...]] = [COLUMNS]
    for one in publication.figures:
        named = (one.figure.code, str(one.figure.title), one.period)
        until = _iso(one.counted_until)
        if one.is_counted or not one.is_protected:
            is_under = one.is_protected and one.total is None
            total = _told(one.total, is_counted=one.is_counted, is_under=is_under)
            rows.append((*named, "total", _("total"), *total, until))
        for row in one.rows:
            told = _told(row.number, is_counted=row.is_counted, is_under=row.is_under)
            rows.append((*named, row.code or "none", row.label, *told, until))
    return tables.as_csv(rows)


def as_json(publication: Publication) -> str:
    """Return the publication as JSON; a number that is hidden, or was not counted, is null."""
    document = {
        "board": publication.board.code,
        "title": str(publication.board.title),
        "first": publication.first.isoformat(),
        "last": publication.last.isoformat(),
        "counted_until": {
            line: _iso(moment) or None for line, moment in publication.coverage.until.items()
        },
        "waiting": publication.coverage.waiting,
        "protection": protection(),
        "figures": [_document(one) for one in publication.figures],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def protection() -> str:
    """Return the rule by which numbers are protected, for whoever reads the file."""
    return _(
        "Protected numbers (“protected”) are those of whole quarters. Each is changed at random by "
        "at most 5, always in the same way, so that nobody can be recognised; under 11 it is not "
        "told. They may not add up to the total, which is exact."
    )


FORMS: Final = {
    "csv": FileForm("csv", gettext_lazy("CSV (spreadsheet)"), "text/csv; charset=utf-8", as_csv),
    "json": FileForm("json", "JSON", "application/json", as_json),
}


_SIGNS: Final = {Bound.EXACT: "", Bound.ABOUT: "≈", Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤"}


def _told(number: int | None, *, is_counted: bool, is_under: bool) -> tuple[str, str]:
    if is_under:
        return "", cell_words(Cell(CellState.UNDER))
    return (str(number), "") if is_counted else (NOT_COUNTED, _("not counted"))


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _document(one: PublishedPart) -> dict[str, object]:
    return {
        "figure": one.figure.code,
        "title": str(one.figure.title),
        "period": one.period,
        "protected": one.is_protected,
        "total": one.total,
        "is_counted": one.is_counted,
        "mean_seconds": one.mean_seconds,
        "rows": [
            {
                "code": row.code,
                "label": row.label,
                "number": row.number,
                "is_counted": row.is_counted,
                "is_under": row.is_under,
            }
            for row in one.rows
        ],
    }


def table_as_csv(table: FigureTable) -> str:
    """Return a figure as CSV: a row each, a column for each period, and what it means."""
    language = (get_language() or "en")[:2]
    heads = [each.get(language, each["en"]) for each in table.heads]
    rows = [
        (
            table.code,
            row.code or "total",
            row.label.get(language, row.label["en"]),
            *(_cell(cell) for cell in row.cells),
            table.definition.get(language, table.definition["en"]),
            table.method.value,
            _iso(table.as_of),
        )
        for row in table.rows
    ]
    names = ("figure", "code", "row", *heads, "definition", "method", "as_of")
    return tables.as_csv([names, *rows])


def _cell(cell: Cell) -> str:
    match cell.state:
        case CellState.SHOWN:
            number = json_number(round(cell.value or Decimal(), 4))
            most = f"–{json_number(cell.most)}" if cell.most is not None else ""
            return f"{_SIGNS[cell.bound]}{number}{most}"
        case CellState.UNDER | CellState.WITHHELD:
            return cell_words(cell)
        case CellState.NOT_COUNTED | CellState.NOTHING:
            return NOT_COUNTED
