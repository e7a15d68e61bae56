"""The template of a batch, in French or English: CSV, XLSX or JSON, with one example to replace."""

import io

import orjson

from balise.foundation.tables import as_csv
from balise.hotline.desk.rules.columns import COLUMNS
from balise.hotline.desk.rules.files import Form

CONTENT_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.JSON: "application/json",
}
_SHEET = {"fr": "Signalements", "en": "Reports"}
_HELP = {"fr": "Aide", "en": "Help"}


def template(form: Form, *, language: str, codes: list[tuple[str, str]]) -> bytes:
    """Return the template in one form; `codes` are the categories, as (code, name)."""
    if form is Form.XLSX:
        return _xlsx(language, codes)
    example = {column.named(language): column.example(language) for column in COLUMNS}
    if form is Form.JSON:
        return orjson.dumps([example], option=orjson.OPT_INDENT_2)
    return as_csv([example, example.values()]).encode()


def _xlsx(language: str, codes: list[tuple[str, str]]) -> bytes:
    # A sixth of a second of each process, were it imported above.
    import openpyxl  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET[language]
    for place, column in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, place, column.named(language))
        head.font = Font(bold=True)
        example = sheet.cell(2, place, column.example(language))
        example.number_format = "@"  # as text: no program may read a day or a number into it
        example.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 24
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_HELP[language])
    for column in COLUMNS:
        notes.append([column.named(language), str(column.says)])
    notes.append([])
    for code, name in codes:
        notes.append([code, name])
    notes.column_dimensions["A"].width = 28
    notes.column_dimensions["B"].width = 90
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
