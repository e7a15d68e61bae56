"""What is wrong with a deck before it is drawn."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from balise.steering.editions.rules.deck import Chart, Deck, Page, PageKind
from balise.steering.editions.rules.fitting import fitted, numbers_of
from balise.steering.editions.rules.sentences import numbers_in
from balise.steering.rules.leaving import CellState, FigureTable, Text

MOST_CHARTS: Final = 3


class Fault(StrEnum):
    """What may be wrong on a page."""

    TITLE_TWICE = "title-twice"
    TEXT_MISSING = "text-missing"
    FIGURE_MISSING = "figure-missing"
    NUMBER_UNKNOWN = "number-unknown"
    FORM_UNFIT = "form-unfit"
    NOTHING_SHOWN = "nothing-shown"
    TOO_MANY_CHARTS = "too-many-charts"
    REGISTER_NOT_LAST = "register-not-last"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a page (the first is 1), in a language where it is of one; what it concerns."""

    page: int
    fault: Fault
    language: str = ""
    about: str = ""

    @property
    def stops(self) -> bool:
        """Return whether an edition with this is not frozen; else it is only worth a look."""
        return self.fault not in {Fault.FORM_UNFIT, Fault.NOTHING_SHOWN}


def problems(deck: Deck) -> tuple[Problem, ...]:
    """Return each problem of a deck, page by page."""
    numbered = enumerate(deck.pages, start=1)
    return (*_register(deck), *(found for at, page in numbered for found in _of(deck, at, page)))


def _register(deck: Deck) -> Iterator[Problem]:
    kinds = [page.kind for page in deck.pages]
    if not kinds or kinds[-1] is not PageKind.REGISTER or kinds.count(PageKind.REGISTER) > 1:
        yield Problem(len(kinds), Fault.REGISTER_NOT_LAST)


def _of(deck: Deck, at: int, page: Page) -> Iterator[Problem]:
    known = [chart for chart in page.charts if chart.figure in deck.figures]
    for chart in page.charts:
        if chart not in known:
            yield Problem(at, Fault.FIGURE_MISSING, about=chart.figure)
    if len(page.charts) > MOST_CHARTS:
        yield Problem(at, Fault.TOO_MANY_CHARTS, about=str(len(page.charts)))
    for chart in known:
        yield from _fits(at, chart, deck.figure(chart))
    for language in deck.languages:
        if missing := _missing(page, language):
            yield Problem(at, Fault.TEXT_MISSING, language, missing)
        titles = Counter(one.title.get(language, "").strip() for one in deck.pages)
        title = page.title.get(language, "").strip()
        if title and titles[title] > 1:
            yield Problem(at, Fault.TITLE_TWICE, language, title)
        yield from _strange(deck, at, page, language)


def _fits(at: int, chart: Chart, table: FigureTable) -> Iterator[Problem]:
    if not any(cell.state is CellState.SHOWN for row in table.rows for cell in row.cells):
        yield Problem(at, Fault.NOTHING_SHOWN, about=chart.figure)
    drawn = fitted(chart, table)
    if drawn.form is not chart.form or drawn.folded:
        yield Problem(at, Fault.FORM_UNFIT, about=chart.figure)


def _missing(page: Page, language: str) -> str:
    """Return what has no words in this language, or nothing."""
    said: list[tuple[str, Text]] = [("title", page.title)]
    said += [("sentence", sentence) for sentence in page.sentences]
    for chart in page.charts:
        said += [(chart.figure, chart.title), (chart.figure, chart.describes)]
    return next((name for name, text in said if not text.get(language, "").strip()), "")


def _strange(deck: Deck, at: int, page: Page, language: str) -> Iterator[Problem]:
    """Yield each number of a title or sentence that no table of the page has.

    Digits that name something (3018) stand in an eyebrow of the deck or in a table's words.
    """
    if page.kind in {PageKind.COVER, PageKind.REGISTER, PageKind.DECISIONS}:
        return
    charts = [chart for chart in page.charts if chart.figure in deck.figures]
    known = frozenset[Decimal]().union(*(numbers_of(chart, deck.figure(chart)) for chart in charts))
    names = [one.eyebrow.get(language, "") for one in deck.pages]
    for chart in charts:
        names += _words_of(deck.figure(chart), language)
    named = {one.words for name in names for one in numbers_in(name, language)}
    said = [page.title, *page.sentences]
    said += [text for chart in page.charts for text in (chart.title, chart.describes)]
    for text in said:
        for number in numbers_in(text.get(language, ""), language):
            if number.words not in named and not any(number.says(one) for one in known):
                yield Problem(at, Fault.NUMBER_UNKNOWN, language, number.words)


def _words_of(table: FigureTable, language: str) -> list[str]:
    texts = [table.name, table.definition, table.unit, table.source, *table.heads]
    texts += [row.label for row in table.rows]
    texts += [one.name for one in table.breaks]
    return [text.get(language, "") for text in texts]
