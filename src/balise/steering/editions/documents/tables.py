"""The table behind a chart: as a CSV file, and as text alone."""

from django.utils.translation import gettext as _, pgettext

from balise.foundation import tables
from balise.steering.editions.documents.told import Figure, Line, breaks_of
from balise.steering.rules.drawing.multiples import label_of
from balise.steering.rules.leaving import NOT_COUNTED, Cell


def as_csv(figure: Figure, language: str) -> str:
    """Return the table behind a chart as CSV, masked: of each column its number and its remark."""
    heads = [head for name in figure.heads for head in (name, _("Remark"))]
    code = pgettext("register of figures", "Code")
    rows: list[tuple[object, ...]] = [(code, _("Label"), *heads, _("Days"))]
    for row in figure.table.rows:
        cells = [words for cell in row.cells for words in _raw(cell)]
        label = label_of(row, language, folded=figure.fitted.folded)
        rows.append((row.code or "total", label, *cells, row.days or ""))
    return tables.as_csv(rows)


def alternative(figure: Figure, language: str) -> str:
    """Return a figure as text alone: what it is, how it was counted, each row of its table."""
    table = figure.table
    words = [
        f"{table.number} · {table.name[language]}",
        table.definition[language],
        f"{figure.method} · {figure.source}",
        figure.when,
        *(_("Break: %(words)s") % {"words": one} for one in breaks_of(table, language)),
        *(_row_words(line, figure.heads) for line in figure.lines),
    ]
    return "\n".join(words)


def _row_words(line: Line, heads: tuple[str, ...]) -> str:
    label = f"{line.label} ({line.days})" if line.days else line.label
    cells = [cell or NOT_COUNTED for cell in line.cells]
    if len(heads) > 1:
        pairs = zip(heads, cells, strict=True)
        cells = [_("%(name)s: %(words)s") % {"name": head, "words": cell} for head, cell in pairs]
    return _("%(name)s: %(words)s") % {"name": label, "words": " · ".join(cells)}


def _raw(cell: Cell) -> tuple[str, str]:
    """Return a cell for a machine: its number with a point, and what bounds or replaces it."""
    if cell.value is None:
        return "", cell.state.value
    return f"{cell.value:f}", cell.bound.value
