"""The files in which figures leave: they hold what is published, and say what is withheld."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balise.foundation.statistics.suppression import FEWEST
from balise.steering.rules.publishing import Publication, PublishedMonth

COLUMNS: Final = ("figure", "title", "month", "code", "label", "number", "remark")


@dataclass(frozen=True, slots=True)
class FileForm:
    """One way to write a publication."""

    code: str
    name: str | Promise
    content_type: str
    write: Callable[[Publication], str]


def as_csv(publication: Publication) -> str:
    """Return one row for each figure, month and code; the code of a total is “total”.

    Semicolons and a byte-order mark: spreadsheets set to French open it as it is.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in publication.figures:
        named = (one.figure.code, str(one.figure.title), f"{one.month:%Y-%m}")
        writer.writerow((*named, "total", _("total"), *_told(one.total)))
        for row in one.rows:
            writer.writerow((*named, row.code or "none", row.label, *_told(row.number)))
    return "\ufeff" + file.getvalue()


def as_json(publication: Publication) -> str:
    """Return the publication as JSON; a number that is withheld is null."""
    document = {
        "board": publication.board.code,
        "title": str(publication.board.title),
        "first": publication.first.isoformat(),
        "last": publication.last.isoformat(),
        "withheld": withholding(),
        "figures": [_document(one) for one in publication.figures],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def withholding() -> str:
    """Return the rule by which numbers are withheld, for whoever reads the file."""
    return _(
        "Numbers from 1 to %(most)d are withheld, and so is at least one other number of the same "
        "month, so that no total gives them back. Withheld numbers are not zero."
    ) % {"most": FEWEST - 1}


FORMS: Final = {
    "csv": FileForm("csv", gettext_lazy("CSV (spreadsheet)"), "text/csv; charset=utf-8", as_csv),
    "json": FileForm("json", "JSON", "application/json", as_json),
}


def _told(number: int | None) -> tuple[str, str]:
    return ("", _("withheld")) if number is None else (str(number), "")


def _document(one: PublishedMonth) -> dict[str, object]:
    return {
        "figure": one.figure.code,
        "title": str(one.figure.title),
        "month": f"{one.month:%Y-%m}",
        "total": one.total,
        "mean_seconds": one.mean_seconds,
        "rows": [{"code": row.code, "label": row.label, "number": row.number} for row in one.rows],
    }
