"""The file for the resource directory of Better Internet for Kids, for who writes pages."""

from collections.abc import Mapping, Sequence
from typing import Final

import orjson
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from balise.awareness.publications.queries import editorial
from balise.awareness.publications.rules.metadata import BIK
from balise.foundation.tables import as_csv
from balise.foundation.web.doors import Request, staff

_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@staff
@require_safe
def export(request: Request, form: str) -> HttpResponse:
    """Give each resource as a line, as CSV or JSON; columns are those of `rules.metadata.BIK`."""
    lines = editorial.lines(seen_by=request.actor)
    written = _csv(lines) if form == "csv" else orjson.dumps(lines, option=orjson.OPT_INDENT_2)
    headers = {"Content-Disposition": f'attachment; filename="bik.{form}"'}
    return HttpResponse(written, content_type=_TYPES[form], headers=headers)


def _csv(lines: Sequence[Mapping[str, str]]) -> bytes:
    return as_csv([BIK, *(line.values() for line in lines)], separator=",").encode()
