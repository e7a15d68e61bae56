"""What is wrong with a deck before it is drawn."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from balise.steering.editions.rules.claims import Claim, claimed
from balise.steering.editions.rules.deck import Chart, Deck, Page, PageKind, fitted, numbers_of
from balise.steering.rules.leaving import CellState, FigureTable, Text, as_printed

# The numbers that a sentence says, read as its language writes them.


_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
# What is written in digits and counts nothing: days, hours, years, ordinals.
_NO_COUNT: Final = re.compile(
    rf"\b\d{{4}}-\d\d(?:-\d\d)?\b"
    rf"|\b\d{{1,2}}(?:er)?(?=\s(?:{_MONTHS})\b)"
    rf"|\b\d{{1,2}}\s?h\b(?:\s?\d\d\b)?"
    rf"|\b\d{{1,2}}:\d\d\b"
    rf"|\b(?:19|20)\d\d\b(?![,.\u202f\u00a0]\d)"
    rf"|\b\d+(?:er|re|e|st|nd|rd|th)\b",
    re.IGNORECASE,
)
_NUMBER: Final = {
    "fr": re.compile(
        r"(?<![\w,])(\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}|\d{1,15})(?:,(\d{1,6}))?(?!\d)"
    ),
    "en": re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.(\d{1,6}))?(?!\d)"),
}
_SCALE: Final = re.compile(r"[ \u00a0\u202f]?(%|[kK]\b|M\b|millions?\b)")
_SCALES: Final = {"%": Decimal("0.01"), "k": Decimal(1_000), "m": Decimal(1_000_000)}
_NO_DIGIT: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it is printed: its value before the scale, and its decimals."""

    words: str
    value: Decimal
    scale: Decimal
    decimals: int

    def says(self, number: Decimal) -> bool:
        """Return whether this is how that number is printed, rounded to as many decimals.

        A whole one says a count as it is, and a mean that is printed without decimals (15.02).
        """
        if self.scale == 1 and not self.decimals:
            return as_printed(number) == self.value
        step = Decimal(1).scaleb(-self.decimals)
        return (number / self.scale).quantize(step, ROUND_HALF_UP) == self.value


def numbers_in(text: str, language: str) -> Iterator[Said]:
    """Yield the numbers of a text in this language; days, hours, years and ordinals are none."""
    text = _NO_COUNT.sub(" ; ", text)
    for found in _NUMBER.get(language, _NUMBER["en"]).finditer(text):
        whole, decimals = found[1], found[2] or ""
        scale = _SCALE.match(text, found.end())
        digits = _NO_DIGIT.sub("", whole)
        yield Said(
            found[0],
            Decimal(f"{digits}.{decimals}" if decimals else digits),
            _SCALES[scale[1][0].lower()] if scale else Decimal(1),
            len(decimals),
        )


MOST_CHARTS: Final = 3

# What a title says of a cause, and of a change: this takes a figure of its page that shows one.
_CAUSES: Final = re.compile(
    r"\b(?:grâce (?:à|aux?)|à cause d|en raison d|fait bondir|thanks to|because of|due to)",
    re.IGNORECASE,
)
_RISES: Final = re.compile(
    r"\b(?:hausses?|augment\w+|progress\w+|doubl[ée]\w*|tripl[ée]\w*|de plus qu|plus que|bondi\w*"
    r"|ris(?:es?|ing)|rose|increase[sd]?|increasing|more than on|twice|doubled|tripled)\b",
    re.IGNORECASE,
)
_FALLS: Final = re.compile(
    r"\b(?:baiss\w+|recul\w*|diminu\w+|chut\w+|de moins qu|moins que"
    r"|falls?|fell|decrease[sd]?|decreasing|less than on|drop(?:s|ped)?)\b",
    re.IGNORECASE,
)


class Fault(StrEnum):
    """What may be wrong on a page."""

    TITLE_TWICE = "title-twice"
    TEXT_MISSING = "text-missing"
    FIGURE_MISSING = "figure-missing"
    NUMBER_UNKNOWN = "number-unknown"
    CAUSE = "cause"  # no figure here shows one
    CHANGE_UNFOUNDED = "change-unfounded"
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
        if page.kind is PageKind.FIGURES:
            yield from _unfounded(deck, at, page, language)


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
    known = frozenset[Decimal]().union(
        *(numbers_of(chart, deck.figure(chart)) | _changes(deck.figure(chart)) for chart in charts)
    )
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


def _unfounded(deck: Deck, at: int, page: Page, language: str) -> Iterator[Problem]:
    """Yield what a title claims and no figure of its page shows: a cause, or a change."""
    title = page.title.get(language, "")
    if cause := _CAUSES.search(title):
        yield Problem(at, Fault.CAUSE, language, cause[0])
    tables = [deck.figures[one.figure] for one in page.charts if one.figure in deck.figures]
    shown = {claimed(table).claim for table in tables}
    for words, claims in (
        (_RISES, {Claim.RISE, Claim.DOUBLE}),
        (_FALLS, {Claim.FALL}),
    ):
        found = words.search(title)
        if found and not shown & claims:
            yield Problem(at, Fault.CHANGE_UNFOUNDED, language, found[0])


def _changes(table: FigureTable) -> frozenset[Decimal]:
    """Return by how much a table's total changed, where that may be said."""
    found = claimed(table)
    cells = table.rows[0].cells if table.rows else ()
    if found.claim is Claim.STOCK:
        now, before = (cell.value or Decimal() for cell in cells[:2])
        return frozenset({abs(now - before)})
    return frozenset({found.share} if found.share is not None else ())


def _words_of(table: FigureTable, language: str) -> list[str]:
    texts = [table.name, table.definition, table.unit, table.source, *table.heads]
    texts += [row.label for row in table.rows]
    texts += [one.name for one in table.breaks]
    return [text.get(language, "") for text in texts]
