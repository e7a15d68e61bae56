"""A deck: pages over one table of figures, the form that each is drawn in, the map.

A chart of one value is a number.
What is hidden stays so: the rows beyond the twelfth are summed only where nothing of the table is
hidden and its total proves that its parts may be summed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from balise.foundation.statistics.quantities import Bound
from balise.steering.rules.drawing.multiples import OTHER, rates
from balise.steering.rules.leaving import (
    Cell,
    CellState,
    FigureTable,
    TableRow,
    Text,
    canonical,
    digest_of,
    read as read_canonical,
)

# An edition as it is drawn: pages over one table of figures, frozen, the same for every format.
#
# A deck is written as canonical JSON and read back; nothing that draws it asks anything else, so
# the same deck and the same versions give the same bytes.


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


def content_digest(deck: Deck) -> str:
    """Return the digest of what a reader reads: not when it was counted, nor by what drawn."""
    figures = {number: replace(one, as_of=_NEVER) for number, one in deck.figures.items()}
    return digest(replace(deck, as_of=_NEVER, versions={}, figures=figures))


_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
MOST_CATEGORIES: Final = 12
MOST_PLACES: Final = 9  # beside a map, which has the others; their sum would dwarf each
MOST_POINTS: Final = 13
MOST_PARTS: Final = 4
MOST_COMPARED: Final = 2
MOST_MULTIPLES: Final = 18
_CATEGORIES: Final = (Form.BARS, Form.PLACES, Form.SLOPE)
_OF_TWO_HEADS: Final = (Form.COLUMNS, Form.BARS, Form.STEPS, Form.SHARES, Form.PLACES)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is drawn of a chart: its form, the rows of its table, how many stand as one.

    The rows of a NUMBER are the one that is shown.
    """

    form: Form
    rows: tuple[TableRow, ...]
    folded: int = 0


def fitted(chart: Chart, table: FigureTable) -> Fitted:
    """Return the form and rows in which a chart is drawn: those asked for, if they fit."""
    rows = parts_of(table)
    if chart.form is Form.TABLE:
        return Fitted(Form.TABLE, table.rows)
    if chart.form is Form.NUMBER or not rows or not _any_shown(rows):
        return Fitted(Form.NUMBER, (total_of(table) or _nothing(table),))
    if len(rows) == 1 and chart.form is not Form.MULTIPLES:
        return Fitted(Form.NUMBER, rows)
    form = _form(chart.form, rows, heads=len(table.heads))
    if form in _CATEGORIES or form is Form.STACK:
        rows = sorted_rows(rows) if form is not Form.STACK else rows
    most = MOST_PLACES if form is Form.PLACES else MOST_CATEGORIES
    if form in _CATEGORIES and len(rows) > most:
        kept, rest = rows[: most - 1], rows[most - 1 :]
        sums = form is not Form.PLACES and _adds_up(table)
        return Fitted(form, (*kept, _other(rest, sums=sums)), len(rest))
    return Fitted(form, rows)


def parts_of(table: FigureTable) -> tuple[TableRow, ...]:
    """Return the rows of a table but its total."""
    return tuple(row for row in table.rows if row.code)


def total_of(table: FigureTable) -> TableRow | None:
    """Return the row of the total, if there is one."""
    return next((row for row in table.rows if not row.code), None)


def sorted_rows(rows: Iterable[TableRow]) -> tuple[TableRow, ...]:
    """Return rows the largest first; those without a number last, by their codes."""
    return tuple(sorted(rows, key=_order))


def numbers_of(chart: Chart, table: FigureTable) -> frozenset[Decimal]:
    """Return each number that a chart may say: the shown ones, days, rates and the rest summed."""
    drawn = fitted(chart, table)
    found = {
        cell.value
        for row in (*table.rows, *drawn.rows)
        for cell in row.cells
        if cell.state is CellState.SHOWN and cell.value is not None
    }
    found |= {cell.most for row in table.rows for cell in row.cells if cell.most is not None}
    found |= {Decimal(row.days) for row in table.rows if row.days is not None}
    if table.declared is not None:
        found.add(table.declared)
    if drawn.form is Form.STEPS:
        found |= {rate.value for rate in rates(drawn.rows) if rate}
    if drawn.folded:
        found.add(Decimal(drawn.folded))
    return frozenset(found)


def _form(asked: Form, rows: Sequence[TableRow], *, heads: int) -> Form:
    """Return the form that holds so many rows and columns."""
    match asked:
        case Form.SLOPE if heads != MOST_COMPARED:
            return _form(Form.BARS, rows, heads=heads)
        case Form.STACK if len(rows) > MOST_PARTS:
            return _form(Form.BARS, rows, heads=heads)
        case Form.STACKED if not 1 < heads <= MOST_PARTS:
            return Form.COLUMNS if heads == 1 else Form.TABLE
        case Form.MULTIPLES if heads == 1 or len(rows) > MOST_MULTIPLES:
            return Form.BARS if heads == 1 else Form.TABLE
        case one if one in _OF_TWO_HEADS and heads > MOST_COMPARED:
            return Form.TABLE
    return asked


_HIDDEN: Final = frozenset({CellState.UNDER, CellState.WITHHELD})


def _other(rest: Sequence[TableRow], *, sums: bool) -> TableRow:
    label = dict.fromkeys(rest[0].label, "")
    cells = tuple(
        _summed([row.cells[at] for row in rest], sums=sums) for at in range(len(rest[0].cells))
    )
    return TableRow(OTHER, label, cells)


def _summed(cells: Sequence[Cell], *, sums: bool) -> Cell:
    if any(cell.state in _HIDDEN or cell.most is not None for cell in cells):
        return Cell(CellState.WITHHELD)
    if not sums or any(cell.state is not CellState.SHOWN for cell in cells):
        return Cell(CellState.NOTHING)
    return Cell(CellState.SHOWN, sum((cell.value or Decimal() for cell in cells), Decimal()))


def _adds_up(table: FigureTable) -> bool:
    """Return whether the total is the sum of its parts, all exact and shown."""
    total = total_of(table)
    if total is None or table.is_percent:
        return False
    columns = zip(*(row.cells for row in parts_of(table)), strict=True)
    return all(
        all(each.state is CellState.SHOWN and each.bound is Bound.EXACT for each in (whole, *cells))
        and all(each.most is None for each in (whole, *cells))
        and whole.value == sum((cell.value or Decimal() for cell in cells), Decimal())
        for whole, cells in zip(total.cells, columns, strict=True)
    )


def _any_shown(rows: Iterable[TableRow]) -> bool:
    return any(cell.state is CellState.SHOWN for row in rows for cell in row.cells)


def _nothing(table: FigureTable) -> TableRow:
    """Return the row of a table that has no total and nothing to show."""
    states = {cell.state for row in table.rows for cell in row.cells}
    hidden = (each for each in (CellState.UNDER, CellState.WITHHELD) if each in states)
    state = next(hidden, CellState.NOT_COUNTED)
    return TableRow("", {}, tuple(Cell(state) for _head in table.heads))


def _order(row: TableRow) -> tuple[bool, Decimal, str]:
    value = row.cells[0].value
    return (value is None, -(value or Decimal()), row.code)


# The map of a country: the mainland with what lies overseas beside it, in one frame.


_TOKEN: Final = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES: Final = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "z": 0}
_APART: Final = 0.04  # between two insets, of the mainland's height
_WIDEST: Final = 0.16  # of an inset, of the mainland's width

type Box = tuple[float, float, float, float]
type Ring = tuple[tuple[float, float], ...]


def laid_out(areas: Sequence[tuple[str, str, str, Box]], source: str) -> Map | None:
    """Return the areas as one map: those with a frame of their own stand left of the mainland.

    Each inset has a scale of its own. None of a country without outlines on the mainland.
    """
    mainland = {code: (path, box) for code, path, frame, box in areas if not frame}
    if not mainland:
        return None
    boxes = [box for _path, box in mainland.values()]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    width = max(box[2] for box in boxes) - left
    height = max(box[3] for box in boxes) - top
    found = {code: Outline(path, _whole(box)) for code, (path, box) in mainland.items()}
    insets = [(code, path, box) for code, path, frame, box in areas if frame]
    wide, apart = width * _WIDEST, height * _APART
    tall = (height - apart * (len(insets) - 1)) / max(1, len(insets))
    for nth, (code, path, box) in enumerate(insets):
        ratio = min(wide / (box[2] - box[0]), tall / (box[3] - box[1]))
        at = (left - wide - apart, top + nth * (tall + apart))
        moved = tuple(
            tuple((at[0] + (x - box[0]) * ratio, at[1] + (y - box[1]) * ratio) for x, y in ring)
            for ring in rings(path)
        )
        right, bottom = at[0] + (box[2] - box[0]) * ratio, at[1] + (box[3] - box[1]) * ratio
        found[code] = Outline(_path(moved), _whole((*at, right, bottom)))
    return Map(found, source)


def _path(found: Sequence[Ring]) -> str:
    return "".join(
        "M" + "L".join(f"{round(x)} {round(y)}" for x, y in ring) + "z" for ring in found
    )


def _whole(box: Box) -> tuple[int, int, int, int]:
    return round(box[0]), round(box[1]), round(box[2]), round(box[3])


def rings(path: str) -> Iterator[Ring]:
    """Yield the rings of an SVG path; of a curve, its ends alone. Raise ValueError for another."""
    tokens = _TOKEN.findall(path)
    at, command = 0, ""
    x = y = 0.0
    ring: list[tuple[float, float]] = []
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        takes = _TAKES.get(command.lower())
        if takes is None:
            raise ValueError(f"no such step in an outline: {command}")
        numbers = [float(token) for token in tokens[at : at + takes]]
        at += takes
        if command.lower() in "mz" and ring:
            yield tuple(ring)
            if command.lower() == "z":
                x, y = ring[0]
            ring = []
        if command.lower() == "z":
            continue
        x, y = _end(command, numbers, x, y)
        ring.append((x, y))
        command = {"m": "l", "M": "L"}.get(command, command)
    if ring:
        yield tuple(ring)


def _end(command: str, numbers: list[float], x: float, y: float) -> tuple[float, float]:
    """Return where a step ends: a small letter counts from where the last one did."""
    from_x, from_y = (x, y) if command.islower() else (0.0, 0.0)
    match command.lower():
        case "h":
            return from_x + numbers[0], y
        case "v":
            return x, from_y + numbers[0]
    return from_x + numbers[-2], from_y + numbers[-1]
