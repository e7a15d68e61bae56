"""A figure of an edition in the words of a language, with its pictures and addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext

from balise.foundation.finding import NotHere
from balise.steering.editions.documents.page import Shown, shown_of
from balise.steering.editions.documents.told import Figure, big_number, grouped, told, unit_of
from balise.steering.editions.rules.fitting import parts_of, total_of
from balise.steering.published.queries import Open
from balise.steering.published.rules.opened import alone
from balise.steering.rules.cells import cell_words
from balise.steering.rules.leaving import FigureTable, digest


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as a page or card says it: its number with the words around it."""

    table: FigureTable
    figure: Figure
    name: str
    bound: str
    number: str
    unit: str
    compared: str
    definition: str
    digest: str


def reading(found: Open, table: FigureTable) -> Reading:
    """Return what a figure says in the active language."""
    language = language_of(found)
    figure = told(alone(found.deck, table.number), language).leaves[0].figures[0]
    total = total_of(table)
    unit = unit_of(table, language)
    if total is None:
        count = len(parts_of(table))
        bound, number = "", ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}
        unit = ""
    else:
        bound, number = big_number(total, table)
    return Reading(
        table,
        figure,
        table.name.get(language, ""),
        bound,
        number,
        unit,
        _compared(table, language),
        table.definition.get(language, ""),
        grouped(digest(table)),
    )


def pictured(found: Open, one: Reading) -> Shown:
    """Return a figure with its pictures."""
    return shown_of(found.deck.map, one.figure, one.table.line, language_of(found))


def language_of(found: Open) -> str:
    """Return the active language, or the edition's first where it is not told in that one."""
    language = get_language() or ""
    return language if language in found.deck.languages else found.deck.languages[0]


def day_of(text: str) -> date:
    """Return a day as an address names it, “2023-10-18” and no other way. Raises NotHere."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotHere(text) from None
    if day.isoformat() != text:
        raise NotHere(text)
    return day


def whole(path: str) -> str:
    """Return an address of ours as other sites name it."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def snippets(found: Open, one: Reading, *, follows: bool) -> Iterator[tuple[str, str]]:
    """Yield each way to embed a figure: its name, and the HTML for the other site.

    `follows`: a card by the indicator's code would show this figure, so there is one that follows
    the editions.
    """
    day = found.day.isoformat()
    yield _("This edition, for good"), _snippet(reverse("card", args=[day, one.table.number]), one)
    if follows:
        yield (
            _("Always the latest edition"),
            _snippet(reverse("card-latest", args=[one.table.code]), one),
        )


def _snippet(path: str, one: Reading) -> str:
    title = one.name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    address = whole(f"{path}?lang={get_language()}")
    return (
        f'<iframe src="{address}" title="{title}" width="320" height="260" loading="lazy"></iframe>'
    )


def _compared(table: FigureTable, language: str) -> str:
    total = total_of(table)
    if table.compared is None or total is None or len(total.cells) < len(table.heads):
        return ""
    return _("%(name)s: %(words)s") % {
        "name": table.heads[1].get(language, ""),
        "words": cell_words(total.cells[1], is_percent=table.is_percent),
    }
