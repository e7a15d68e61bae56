"""What a table says in a sentence, in each language: a page's title, and a description."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _, override

from balise.steering.rules.leaving import CellState, FigureTable, TableRow, Text, cell_words


def headline(table: FigureTable, language: str) -> str:
    """Return a table's total beside what it is compared with, under `override(language)`.

    The name alone where nothing of it may be shown.
    """
    name = table.name[language]
    cells = table.rows[0].cells if table.rows else ()
    shown = [one for one in cells if one.state is CellState.SHOWN]
    if not shown or cells[0].state is not CellState.SHOWN:
        return name
    numbers = [cell_words(one, is_percent=table.is_percent) for one in cells[:2]]
    if len(shown) == 1:
        return _("%(name)s: %(number)s") % {"name": name, "number": numbers[0]}
    return _("%(name)s: %(number)s, against %(before)s (%(when)s)") % {
        "name": name,
        "number": numbers[0],
        "before": numbers[1],
        "when": table.heads[1][language],
    }


def said(table: FigureTable, languages: Sequence[str]) -> Text:
    """Return what is read where a chart is not seen: the headline, and how many rows it has."""
    found = {}
    for language in languages:
        with override(language):
            words = [headline(table, language) + "."]
            if largest := _largest(table):
                most = {
                    "label": largest.label[language],
                    "number": cell_words(largest.cells[0], is_percent=table.is_percent),
                }
                words.append(_("The most: %(label)s, with %(number)s.") % most)
            found[language] = " ".join(words)
    return found


def _largest(table: FigureTable) -> TableRow | None:
    """Return the part or step with the largest number that is shown; None where all are alike."""
    rows = [row for row in table.rows if row.code and row.cells[0].value is not None]
    rows.sort(key=lambda row: row.cells[0].value or Decimal(), reverse=True)
    if not rows or (len(rows) > 1 and rows[0].cells[0].value == rows[1].cells[0].value):
        return None
    return rows[0]
