"""Two editions side by side: each figure's number in both, the pages whose words changed. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from balise.steering.committee.rules import in_language
from balise.steering.editions.rules.deck import Deck, Page, total_of
from balise.steering.rules.leaving import Cell, FigureTable, Text, cell_words


@dataclass(frozen=True, slots=True)
class FigureCompared:
    """A figure in two editions: its first number in each, how many cells are not the same.

    `then` or `now` is empty where one of them does not have it. It is revised where both have a
    number of the same days, and print it otherwise.
    """

    code: str
    name: Text
    number_then: str
    number_now: str
    then: str
    now: str
    cells: int
    is_revised: bool

    @property
    def label(self) -> str:
        """Return its name in the reader's language."""
        return in_language(self.name)

    @property
    def is_changed(self) -> bool:
        """Return whether anything of it is not the same."""
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class PageCompared:
    """A page whose title or sentences are not the same, by its number in each."""

    number_then: int | None
    number_now: int | None
    then: Text
    now: Text

    @property
    def title_then(self) -> str:
        """Return its title in the first, in the reader's language."""
        return in_language(self.then)

    @property
    def title_now(self) -> str:
        """Return its title in the second, in the reader's language."""
        return in_language(self.now)


@dataclass(frozen=True, slots=True)
class Comparison:
    figures: Sequence[FigureCompared]
    pages: Sequence[PageCompared]

    @property
    def changed(self) -> Sequence[FigureCompared]:
        """Return the figures that are not the same."""
        return [one for one in self.figures if one.is_changed]


def compare(then: Deck, now: Deck) -> Comparison:
    """Return what two editions have in common, and what not, in the order of the first."""
    pairs = list(_pairs(then, now))
    return Comparison([_figure(*pair) for pair in pairs], list(_pages(then, now)))


def same_figure(of: FigureTable, then: Deck, now: Deck) -> FigureTable | None:
    """Return the figure of one edition as another has it, or None."""
    return next((new for old, new in _pairs(then, now) if old is of), None)


def _pairs(then: Deck, now: Deck) -> Iterator[tuple[FigureTable | None, FigureTable | None]]:
    """Yield figures by two: those of one number and code, then of one code in their order."""
    left = dict(now.figures)
    alike = {
        number: left.pop(number)
        for number, old in then.figures.items()
        if number in left and left[number].code == old.code
    }
    for number, old in then.figures.items():
        found = alike.get(number) or next(
            (one for one in left.values() if one.code == old.code), None
        )
        if found is not None:
            left.pop(found.number, None)
        yield old, found
    for new in left.values():
        yield None, new


def _figure(old: FigureTable | None, new: FigureTable | None) -> FigureCompared:
    known = new or old
    assert known is not None  # noqa: S101 - a pair has one
    then, now = _first(old), _first(new)
    is_same_span = old is not None and new is not None and old.period == new.period
    return FigureCompared(
        known.code,
        known.name,
        old.number if old else "",
        new.number if new else "",
        _words(old, then),
        _words(new, now),
        _different(old, new),
        is_same_span
        and then is not None
        and now is not None
        and None not in {then.value, now.value}
        and _words(old, then) != _words(new, now),
    )


def _first(table: FigureTable | None) -> Cell | None:
    total = total_of(table) if table else None
    return total.cells[0] if total else None


def _words(table: FigureTable | None, cell: Cell | None) -> str:
    return cell_words(cell, is_percent=table.is_percent) if table and cell else ""


def _different(old: FigureTable | None, new: FigureTable | None) -> int:
    """Return how many cells two tables do not share; each of a table that is alone is one."""
    then, now = _cells(old), _cells(new)
    return sum(then.get(key) != now.get(key) for key in then.keys() | now.keys())


def _cells(table: FigureTable | None) -> dict[tuple[str, int], str]:
    if table is None:
        return {}
    return {
        (row.code, at): cell_words(cell, is_percent=table.is_percent)
        for row in table.rows
        for at, cell in enumerate(row.cells)
    }


def _pages(then: Deck, now: Deck) -> Iterator[PageCompared]:
    """Yield the pages whose words changed: those of one name, in their order."""
    olds, news = _by_name(then), _by_name(now)
    for name in olds | news:
        (number_then, old), (number_now, new) = olds.get(name, _NONE), news.get(name, _NONE)
        if old is None or new is None or _said(old) != _said(new):
            yield PageCompared(
                number_then, number_now, old.title if old else {}, new.title if new else {}
            )


_NONE: Final[tuple[None, None]] = (None, None)


def _by_name(deck: Deck) -> dict[tuple[str, int], tuple[int, Page]]:
    """Return number and page by the eyebrow, which names it, and how many of that came before."""
    found: dict[tuple[str, int], tuple[int, Page]] = {}
    seen = Counter[str]()
    for number, page in enumerate(deck.pages, 1):
        name = "\n".join(f"{code} {words}" for code, words in sorted(page.eyebrow.items()))
        found[name, seen[name]] = number, page
        seen[name] += 1
    return found


def _said(page: Page) -> tuple[Text, tuple[Text, ...]]:
    return page.title, page.sentences
