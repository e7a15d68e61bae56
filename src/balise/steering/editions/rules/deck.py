"""An edition as it is drawn: pages over one table of figures, frozen, the same for every format.

A deck is written as canonical JSON and read back; nothing that draws it asks anything else, so the
same deck and the same versions give the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from balise.steering.rules.canonical import canonical, digest_of, read as read_canonical
from balise.steering.rules.leaving import FigureTable, Text


class Form(StrEnum):
    """How a figure is drawn on a page."""

    NUMBER = "number"
    COLUMNS = "columns"  # time, beside what it is compared with
    STACKED = "stacked"  # time, in parts
    BARS = "bars"  # categories, the largest first, secret ones last
    STACK = "stack"  # two to four parts of one whole
    SHARES = "shares"  # durations: the share done within each limit
    MULTIPLES = "multiples"  # one small chart a row, one scale
    STEPS = "steps"  # a funnel, as bars with rates
    SLOPE = "slope"  # stocks, then and now
    PLACES = "places"  # a map, and the bars of the same table
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure on a page. `describes` is read where the picture is not seen; never empty."""

    form: Form
    figure: str
    title: Text
    describes: Text


class PageKind(StrEnum):
    COVER = "cover"
    FIGURES = "figures"
    DECISIONS = "decisions"
    REGISTER = "register"  # every figure of the edition with its digest; the last page


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in its reading order: title, sentences, charts, notes."""

    kind: PageKind
    line: str
    eyebrow: Text
    title: Text
    sentences: tuple[Text, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: Text | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """An area on a map: an SVG path in the map's frame, and the box that it fills.

    `box` is left, top, right, bottom.
    """

    path: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Map:
    """The outlines of a country's areas by code; `source` says whose they are, with the licence."""

    outlines: Mapping[str, Outline]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A whole edition. `versions` are of the programs that drew its files, by name.

    `map` is what a chart of places is drawn on; without one, bars alone are.
    """

    edition: date
    title: Text
    as_of: datetime
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    figures: Mapping[str, FigureTable]
    versions: Mapping[str, str]
    is_invented: bool = False
    map: Map | None = None

    def figure(self, chart: Chart) -> FigureTable:
        """Return the table of a chart."""
        return self.figures[chart.figure]


def as_json(deck: Deck) -> str:
    """Return a deck as canonical JSON, as it is kept."""
    return canonical(Deck, deck)


def read(text: str) -> Deck:
    """Return the deck that `as_json` wrote; raise ValueError for anything else."""
    return read_canonical(Deck, text)


def digest(deck: Deck) -> str:
    """Return the SHA-256 of a deck in hexadecimal."""
    return digest_of(Deck, deck)
