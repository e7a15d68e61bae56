"""The file for the resource directory of Better Internet for Kids, for who writes pages."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

import orjson
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from balise.awareness.publications.queries import bik
from balise.awareness.publications.rules.metadata import BIK
from balise.foundation.web.doors import Request, staff

_FORMULA: Final = tuple("=+-@\t\r")  # a spreadsheet would compute such a cell
_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@staff
@require_safe
def export(request: Request, form: str) -> HttpResponse:
    """Give each resource as a line, as CSV or JSON; columns are those of `rules.metadata.BIK`."""
    lines = bik.lines(seen_by=request.actor)
    written = _csv(lines) if form == "csv" else orjson.dumps(lines, option=orjson.OPT_INDENT_2)
    headers = {"Content-Disposition": f'attachment; filename="bik.{form}"'}
    return HttpResponse(written, content_type=_TYPES[form], headers=headers)


def _csv(lines: Sequence[Mapping[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(BIK)
    for line in lines:
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line.values())
    return ("\ufeff" + file.getvalue()).encode()
