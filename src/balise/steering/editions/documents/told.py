"""What a deck says in one language: the words that its slides, paper and page have in common.

Call it, and whatever draws, under `translation.override(language)`: numbers and dates follow it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, pgettext

from balise.foundation.moments import day_words
from balise.foundation.statistics.indicators import Method
from balise.steering.editions.documents.register import (
    SHORT,
    Entry,
    entry_of,
    grouped,
    heads,
    span_words,
)
from balise.steering.editions.rules.deck import (
    MOST_COMPARED,
    Chart,
    Deck,
    Fitted,
    Form,
    Page,
    PageKind,
    digest as deck_digest,
    fitted,
    parts_of,
    total_of,
)
from balise.steering.rules.drawing.multiples import OTHER, Drawn, days_of, label_of
from balise.steering.rules.leaving import (
    NOT_COUNTED,
    Cell,
    CellState,
    FigureTable,
    Protected,
    TableRow,
    bound_words,
    cell_words,
    decimal_words,
    digest,
    method_words,
)

MOSTLY: Final = Decimal("0.5")  # from which a declared share is said

type Links = Mapping[str, str]  # the address of a figure by its number, where readers can open it
NO_LINKS: Final[Links] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table in words: its label, what each cell says; how many days were over."""

    label: str
    cells: tuple[str, ...]
    days: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart in words: `anchor` names it in the document; `lines` are the whole table.

    `keys` are its heads in a picture: the years alone where the same `days` of two are compared.
    `link` is where its readers find more of it, empty where they can open nothing.
    """

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
    unit: str
    keys: tuple[str, ...]
    days: str
    link: str = ""

    @property
    def unit_words(self) -> str:
        """Return its unit, and the days that its columns share."""
        return " · ".join(filter(None, (self.unit, self.days)))

    @property
    def drawn(self) -> Drawn:
        """Return what its picture shows."""
        return Drawn(
            rows=self.fitted.rows,
            heads=self.keys,
            folded=self.fitted.folded,
            breaks=self.table.breaks,
            is_percent=self.table.is_percent,
            is_estimated=self.table.method is Method.ESTIMATED,
            is_stacked=self.fitted.form is Form.STACKED,
            has_rates=self.fitted.form is Form.STEPS,
        )

    @property
    def known_by(self) -> str:
        """Return what a reader asks for it by: its address, or else its code."""
        return self.link or self.table.code

    @property
    def mark(self) -> str:
        """Return the first digits of the table's digest."""
        return digest(self.table)[:SHORT]


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


def told(deck: Deck, language: str, links: Links = NO_LINKS) -> Telling:
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
        tuple(
            _leaf(deck, page, at, language, links) for at, page in enumerate(deck.pages, start=1)
        ),
        heads(),
        tuple(entry_of(deck, number, language) for number in deck.figures),
        tuple(facts),
        tuple(_("%(name)s: %(words)s") % {"name": term, "words": words} for term, words in facts),
        _(
            "Solid: counted. Hatched: estimated, or a period that is not over. Dotted box “<11”: "
            "fewer than 11; “n.p.”: not published. “–”: not counted. “0”: counted, none. Dashed "
            "line: a break in the series; do not compare across it. Protected counts: each is "
            "changed at random by at most 5, always in the same way, so that nobody can be "
            "recognised. They may not add up to the total, which is exact."
        ),
        _("Made-up numbers, for the demonstration.") if deck.is_invented else "",
    )


def big_number(row: TableRow, table: FigureTable) -> tuple[str, str]:
    """Return the words of a bound, and the number itself, of a row's first cell."""
    cell = row.cells[0] if row.cells else Cell(CellState.NOT_COUNTED)
    if cell.value is None or cell.most is not None:
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
        TableRow(OTHER if at else "now", dict.fromkeys(head, key), (cell,))
        for at, (head, key, cell) in enumerate(
            zip(figure.table.heads, figure.keys, cells, strict=True)
        )
    )
    return replace(figure, fitted=Fitted(Form.BARS, rows), keys=figure.keys[:1])


def unit_of(table: FigureTable, language: str) -> str:
    """Return the unit that stands beside a number; a share has its sign already."""
    return "" if table.is_percent else table.unit.get(language, "")


def breaks_of(table: FigureTable, language: str) -> tuple[str, ...]:
    """Return each break of a series in words, as “8 February 2023: longer hours”."""
    return tuple(
        _("%(name)s: %(words)s") % {"name": day_words(one.on), "words": one.name.get(language, "")}
        for one in table.breaks
    )


def _leaf(deck: Deck, page: Page, at: int, language: str, links: Links) -> Leaf:
    return Leaf(
        at,
        page.kind,
        page.line,
        page.eyebrow.get(language, ""),
        page.title[language],
        tuple(sentence[language] for sentence in page.sentences),
        tuple(
            replace(
                _figure(chart, deck.figure(chart), f"p{at}-{nth}", language),
                link=links.get(chart.figure, ""),
            )
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
    if table.protected:
        source += " · " + protected_words(table.protected)
    return Figure(
        anchor,
        chart,
        table,
        drawn,
        chart.title[language],
        alt,
        tuple(head[language] for head in table.heads),
        tuple(_line(row, table, drawn, language) for row in _told_rows(table)),
        method_words(table.method),
        source,
        _when(table),
        unit_of(table, language),
        *_keys(table, language),
    )


def protected_words(protected: Protected) -> str:
    """Return by how much protected numbers may differ, and of which days they are."""
    days = [span_words(span) for span in protected.spans if span]
    if not days:
        return _("protected counts, told by whole quarters; none of these is told yet")
    return _("protected counts, each within %(number)s of the true one, of: %(days)s") % {
        "number": protected.noise,
        "days": "; ".join(dict.fromkeys(days)),
    }


def _said_breaks(table: FigureTable, language: str) -> tuple[str, ...]:
    found = breaks_of(table, language)
    return (_("Breaks in the series: %(words)s.") % {"words": " · ".join(found)},) if found else ()


def _line(row: TableRow, table: FigureTable, drawn: Fitted, language: str) -> Line:
    cells = tuple(cell_words(cell, is_percent=table.is_percent) for cell in row.cells)
    return Line(label_of(row, language, folded=drawn.folded), cells, days_of(row))


def _when(table: FigureTable) -> str:
    period = span_words(table.period)
    if table.compared is None:
        return period
    return _("%(period)s · compared with %(compared)s") % {
        "period": period,
        "compared": span_words(table.compared),
    }


def _told_rows(table: FigureTable) -> tuple[TableRow, ...]:
    """Return the rows of a table, without the total of parts that are never summed."""
    parts, total = parts_of(table), total_of(table)
    if parts and total and all(cell.state is CellState.NOTHING for cell in total.cells):
        return parts
    return table.rows


def _keys(table: FigureTable, language: str) -> tuple[tuple[str, ...], str]:
    """Return the names of a table's columns in a picture, and the days that they share."""
    heads = tuple(head[language] for head in table.heads)
    now, then = table.period, table.compared
    if then is None or len(heads) != MOST_COMPARED:
        return heads, ""
    ends = [(one.first or one.last, one.last) for one in (now, then)]
    same = [[(day.month, day.day) for day in pair] for pair in ends]
    within = all(first.year == last.year for first, last in ends)
    if same[0] != same[1] or not within or now.last.year == then.last.year:
        return heads, ""
    first, last = (day_words(day, "F") for day in ends[0])
    words = first if now.first in {None, now.last} else _("%(first)s to %(last)s")
    days = words % {"first": first, "last": last}
    return (str(now.last.year), str(then.last.year)), days


def _spans(deck: Deck) -> list[tuple[str, str]]:
    """Return the period of most of the figures, and what most are compared with."""
    tables = deck.figures.values()
    periods = [span_words(table.period) for table in tables]
    compared = [span_words(table.compared) for table in tables if table.compared]
    found = []
    if periods:
        found.append((_("Period"), max(periods, key=periods.count)))
    if compared:
        found.append((_("Compared with"), max(compared, key=compared.count)))
    return found
