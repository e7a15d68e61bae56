"""What a deck says in one language: the words that its slides, paper and page have in common.

Call it, and whatever draws, under `translation.override(language)`: numbers and dates follow it.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext, pgettext

from balise.foundation.statistics.indicators import Method
from balise.steering.editions.rules.deck import (
    Chart,
    Deck,
    Form,
    Page,
    PageKind,
    digest as deck_digest,
)
from balise.steering.editions.rules.fitting import Fitted, fitted, parts_of, total_of
from balise.steering.rules.cells import cell_words, decimal_words
from balise.steering.rules.drawing.drawn import OTHER, Drawn, days_of, label_of
from balise.steering.rules.leaving import Cell, FigureTable, Row, Span, State, Text, digest
from balise.steering.rules.numbers import NOT_COUNTED, bound_words
from balise.steering.rules.periods import Period, day_words, title

MOSTLY: Final = Decimal("0.5")  # from which a declared share is said
_SHORT: Final = 8  # digits of a digest beside a figure


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table in words: its label, what each cell says; how many days were over."""

    label: str
    cells: tuple[str, ...]
    days: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart in words: `anchor` names it in the document; `lines` are the whole table."""

    anchor: str
    chart: Chart
    table: FigureTable
    fitted: Fitted
    heading: str
    alt: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    method: str
    source: str
    when: str

    @property
    def drawn(self) -> Drawn:
        """Return what its picture shows."""
        return Drawn(
            rows=self.fitted.rows,
            heads=self.heads,
            folded=self.fitted.folded,
            breaks=self.table.breaks,
            is_percent=self.table.is_percent,
            is_estimated=self.table.method is Method.ESTIMATED,
            is_stacked=self.fitted.form is Form.STACKED,
            has_rates=self.fitted.form is Form.STEPS,
        )

    @property
    def mark(self) -> str:
        """Return the first digits of the table's digest."""
        return digest(self.table)[:_SHORT]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in words."""

    number: int
    kind: PageKind
    line: str
    eyebrow: str
    title: str
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    notes: str


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

    @property
    def on(self) -> str:
        """Return the numbers of the pages that it is on."""
        return ", ".join(map(str, self.pages))

    @property
    def cells(self) -> tuple[str, ...]:
        """Return what stands under each head of the register."""
        named = (self.number, self.code, self.name, self.value)
        return (*named, self.method, self.version, self.on, self.mark)


@dataclass(frozen=True, slots=True)
class Telling:
    """A whole deck in words."""

    language: str
    title: str
    edition: str
    as_of: str
    digest: str
    leaves: tuple[Leaf, ...]
    heads: tuple[str, ...]  # of the register
    register: tuple[Entry, ...]
    facts: tuple[tuple[str, str], ...]  # of the cover: term, words
    fact_lines: tuple[str, ...]
    marks: str
    invented: str


def told(deck: Deck, language: str) -> Telling:
    """Return what a deck says in a language; under `override(language)`."""
    mark = deck_digest(deck)
    edition = _("Edition of %(day)s") % {"day": day_words(deck.edition)}
    moment = localtime(deck.as_of)
    as_of = _("%(day)s at %(time)s") % {
        "day": day_words(moment.date()),
        "time": formats.time_format(moment, "TIME_FORMAT"),
    }
    facts = [
        *((term, words) for term, words in _spans(deck)),
        (_("As of"), as_of),
        (_("Figures"), decimal_words(Decimal(len(deck.figures)))),
        (pgettext("register of figures", "Digest"), grouped(mark[:16])),
    ]
    return Telling(
        language,
        deck.title[language],
        edition,
        as_of,
        mark,
        tuple(_leaf(deck, page, at, language) for at, page in enumerate(deck.pages, start=1)),
        _heads(),
        tuple(_entry(deck, number, language) for number in deck.figures),
        tuple(facts),
        tuple(_("%(name)s: %(words)s") % {"name": term, "words": words} for term, words in facts),
        _(
            "Solid: counted. Hatched: estimated, or a period that is not over. Dotted box “s”: "
            "withheld, too small to publish. “–”: not counted. “0”: counted, none. Dashed line: a "
            "break in the series; do not compare across it."
        ),
        _("Made-up numbers, for the demonstration.") if deck.is_invented else "",
    )


def grouped(mark: str) -> str:
    """Return a digest in groups of four digits."""
    return " ".join(mark[at : at + 4] for at in range(0, len(mark), 4))


def big_number(row: Row, table: FigureTable) -> tuple[str, str]:
    """Return the words of a bound, and the number itself, of a row's first cell."""
    cell = row.cells[0] if row.cells else Cell(State.NOT_COUNTED)
    if cell.value is None:
        return "", cell_words(cell) or NOT_COUNTED
    number = decimal_words(cell.value, is_percent=table.is_percent)
    return bound_words(cell.bound), number


def beside(figure: Figure) -> Figure | None:
    """Return a number and what it is compared with as two bars; None where there is but one."""
    cells = figure.fitted.rows[0].cells if figure.fitted.form is Form.NUMBER else ()
    shown = [cell for cell in cells if cell.value is not None]
    if len(shown) <= 1 or len(cells) < len(figure.heads):
        return None
    rows = tuple(
        Row(OTHER if at else "now", head, (cell,))
        for at, (head, cell) in enumerate(zip(figure.table.heads, cells, strict=True))
    )
    return replace(figure, fitted=Fitted(Form.BARS, rows), heads=figure.heads[:1])


def breaks_of(table: FigureTable, language: str) -> tuple[str, ...]:
    """Return each break of a series in words, as “8 February 2023: longer hours”."""
    return tuple(
        _("%(name)s: %(words)s") % {"name": day_words(one.on), "words": one.name.get(language, "")}
        for one in table.breaks
    )


def as_csv(figure: Figure, language: str) -> str:
    """Return the table behind a chart as CSV, masked: of each column its number and its remark.

    Semicolons and a byte-order mark: spreadsheets set to French open it as it is.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    heads = [head for name in figure.heads for head in (name, _("Remark"))]
    writer.writerow((pgettext("register of figures", "Code"), _("Label"), *heads, _("Days")))
    for row in figure.table.rows:
        cells = [words for cell in row.cells for words in _raw(cell)]
        label = label_of(row, language, folded=figure.fitted.folded)
        writer.writerow((row.code or "total", label, *cells, row.days or ""))
    return "\ufeff" + file.getvalue()


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


def _leaf(deck: Deck, page: Page, at: int, language: str) -> Leaf:
    return Leaf(
        at,
        page.kind,
        page.line,
        page.eyebrow.get(language, ""),
        page.title[language],
        tuple(sentence[language] for sentence in page.sentences),
        tuple(
            _figure(chart, deck.figure(chart), f"p{at}-{nth}", language)
            for nth, chart in enumerate(page.charts, start=1)
        ),
        page.notes.get(language, "") if page.notes else "",
    )


def _figure(chart: Chart, table: FigureTable, anchor: str, language: str) -> Figure:
    drawn = fitted(chart, table)
    alt = " ".join((chart.describes[language], *_said_breaks(table, language)))
    source = table.source.get(language, "")
    if table.declared is not None and table.declared > MOSTLY:
        share = decimal_words(table.declared, is_percent=True)
        source += " · " + _("%(share)s declared") % {"share": share}
    return Figure(
        anchor,
        chart,
        table,
        drawn,
        chart.title[language],
        alt,
        tuple(head[language] for head in table.heads),
        tuple(_line(row, table, drawn, language) for row in table.rows),
        method_words(table.method),
        source,
        _when(table),
    )


def _said_breaks(table: FigureTable, language: str) -> tuple[str, ...]:
    found = breaks_of(table, language)
    return (_("Breaks in the series: %(words)s.") % {"words": " · ".join(found)},) if found else ()


def _line(row: Row, table: FigureTable, drawn: Fitted, language: str) -> Line:
    cells = tuple(cell_words(cell, is_percent=table.is_percent) for cell in row.cells)
    return Line(label_of(row, language, folded=drawn.folded), cells, days_of(row))


def method_words(method: Method) -> str:
    """Return how a number came, in words."""
    match method:
        case Method.MEASURED:
            return pgettext("method", "Measured")
        case Method.DECLARED:
            return pgettext("method", "Declared")
        case Method.IMPORTED:
            return pgettext("method", "Imported")
        case Method.ESTIMATED:
            return pgettext("method", "Estimated")


def _when(table: FigureTable) -> str:
    period = _span(table.period)
    if table.compared is None:
        return period
    return _("%(period)s · compared with %(compared)s") % {
        "period": period,
        "compared": _span(table.compared),
    }


def _span(span: Span) -> str:
    return title(Period(span.first or span.last, span.last))


def _spans(deck: Deck) -> list[tuple[str, str]]:
    """Return the period of most of the figures, and what most are compared with."""
    tables = deck.figures.values()
    periods = [_span(table.period) for table in tables]
    compared = [_span(table.compared) for table in tables if table.compared]
    found = []
    if periods:
        found.append((_("Period"), max(periods, key=periods.count)))
    if compared:
        found.append((_("Compared with"), max(compared, key=compared.count)))
    return found


def _heads() -> tuple[str, ...]:
    return (
        pgettext("register of figures", "No."),
        pgettext("register of figures", "Code"),
        pgettext("register of figures", "Figure"),
        pgettext("register of figures", "Value"),
        pgettext("register of figures", "Method"),
        pgettext("register of figures", "Version"),
        pgettext("register of figures", "Page"),
        pgettext("register of figures", "Digest"),
    )


def _entry(deck: Deck, number: str, language: str) -> Entry:
    table = deck.figures[number]
    pages = tuple(
        at
        for at, page in enumerate(deck.pages, start=1)
        if any(chart.figure == number for chart in page.charts)
    )
    total = total_of(table)
    if total:
        value = cell_words(total.cells[0], is_percent=table.is_percent)
    else:
        value = _rows(len(parts_of(table)))
    return Entry(
        table.number,
        table.code,
        _text(table.name, language),
        value,
        method_words(table.method),
        str(table.version),
        pages,
        grouped(digest(table)[:_SHORT]),
    )


def _rows(count: int) -> str:
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}


def _text(text: Text | Mapping[str, str], language: str) -> str:
    return text.get(language, "")


def _raw(cell: Cell) -> tuple[str, str]:
    """Return a cell for a machine: its number with a point, and what bounds or replaces it."""
    if cell.value is None:
        return "", cell.state.value
    return f"{cell.value:f}", cell.bound.value
