"""The register of a deck: each figure with its value, its pages and its digest, in words."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import ngettext, pgettext

from balise.steering.editions.rules.deck import Deck, parts_of, total_of
from balise.steering.rules.leaving import (
    NOT_COUNTED,
    CellState,
    Span,
    cell_words,
    digest,
    method_words,
)
from balise.steering.rules.periods import Period, title

SHORT: Final = 8  # digits of a digest beside a figure


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in the register."""

    number: str
    code: str
    name: str
    value: str
    method: str
    version: str
    pages: tuple[int, ...]
    mark: str
    when: str

    @property
    def on(self) -> str:
        """Return the numbers of the pages that it is on."""
        return ", ".join(map(str, self.pages))

    @property
    def cells(self) -> tuple[str, ...]:
        """Return what stands under each head of the register."""
        named = (self.number, self.code, self.name, self.value)
        return (*named, self.method, self.version, self.on, self.mark, self.when)


def grouped(mark: str) -> str:
    """Return a digest in groups of four digits."""
    return " ".join(mark[at : at + 4] for at in range(0, len(mark), 4))


def span_words(span: Span) -> str:
    """Return some days in words."""
    return title(Period(span.first or span.last, span.last))


def heads() -> tuple[str, ...]:
    return (
        pgettext("register of figures", "No."),
        pgettext("register of figures", "Code"),
        pgettext("register of figures", "Figure"),
        pgettext("register of figures", "Value"),
        pgettext("register of figures", "Method"),
        pgettext("register of figures", "Version"),
        pgettext("register of figures", "Page"),
        pgettext("register of figures", "Digest"),
        pgettext("register of figures", "Period"),
    )


def entry_of(deck: Deck, number: str, language: str) -> Entry:
    table = deck.figures[number]
    pages = tuple(
        at
        for at, page in enumerate(deck.pages, start=1)
        if any(chart.figure == number for chart in page.charts)
    )
    total = total_of(table)
    if total and not (parts_of(table) and total.cells[0].state is CellState.NOTHING):
        value = cell_words(total.cells[0], is_percent=table.is_percent) or NOT_COUNTED
    else:
        value = _rows(len(parts_of(table)))
    return Entry(
        table.number,
        table.code,
        table.name.get(language, ""),
        value,
        method_words(table.method),
        str(table.version),
        pages,
        grouped(digest(table)[:SHORT]),
        span_words(table.period),
    )


def _rows(count: int) -> str:
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}
