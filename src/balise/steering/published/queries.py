"""What everyone may read: editions that are published, and of these the figures that are open.

Each asks by the clock: before the end of an embargo nothing of an edition is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.queries import public
from balise.steering.editions.queries.public import Other, Published
from balise.steering.editions.rules.comparing import Comparison, compare, same_figure
from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.rules.life import Erratum, read_mark
from balise.steering.published.rules import latest_of, opened
from balise.steering.rules.leaving import FigureTable


@dataclass(frozen=True, slots=True)
class Open:
    """A published edition with its open figures; its `digest` is of the whole deck as frozen.

    `is_whole`: all its figures are open, so that its files are too.
    """

    published: Published
    deck: Deck
    is_whole: bool

    @property
    def day(self) -> date:
        """Return the day of the edition."""
        return self.published.day

    @property
    def mark(self) -> str:
        """Return the name of the edition in addresses."""
        return self.published.mark


def marks() -> Sequence[tuple[date, str]]:
    """Return day and name of published editions, the latest first; corrected ones not."""
    return public.marks(now())


def edition(mark: str = "") -> Open:
    """Return the published edition of a name, the latest without one.

    Raises NotHere, and Withdrawn for one that was.
    """
    found = public.edition(now(), *read_mark(mark)) if mark else public.edition(now())
    return _opened(found)


def newest(mark: str) -> Open:
    """Return what stands in the place of an edition now: itself or its last correction."""
    return _opened(public.newest(now(), *read_mark(mark)))


def figure(mark: str, number: str) -> tuple[Open, FigureTable]:
    """Return an open figure of a published edition by its number. Raises NotHere, Withdrawn."""
    found = edition(mark)
    return found, there(found.deck.figures.get(number))


def newest_figure(mark: str, number: str) -> tuple[Open, FigureTable]:
    """Return a figure of an edition as its last correction has it. Raises NotHere, Withdrawn."""
    found = newest(mark)
    if found.mark == mark:
        return found, there(found.deck.figures.get(number))
    before = _allowed(public.deck_before(now(), *read_mark(mark)))
    table = there(before.figures.get(number))
    return found, there(same_figure(table, before, found.deck))


def latest(code: str) -> tuple[Open, FigureTable]:
    """Return the first figure of an indicator in the latest published edition. Raises NotHere."""
    found = edition()
    return found, there(latest_of(found.deck, code))


def files(found: Open) -> Sequence[tuple[str, str]]:
    """Return the form and language of each file of an edition; none where it is not all open."""
    if not found.is_whole:
        return ()
    return public.forms(now(), found.day, found.published.version)


def file(found: Open, form: str, language: str) -> bytes:
    """Return a file of a published edition whose figures are all open. Raises NotHere."""
    there(found if found.is_whole else None)
    return public.file(now(), found.day, found.published.version, form, language)


def changes(found: Open) -> Comparison | None:
    """Return what an edition corrects, figure by figure; None where it corrects nothing.

    Of one that told what it must not, neither value nor place is said again.
    """
    other = found.published.corrects
    return _compared(other, found) if other else None


def _compared(other: Other, found: Open) -> Comparison | None:
    if other.erratum is Erratum.PROTECTION:
        return None
    return compare(_allowed(other.deck), found.deck)


def _opened(found: Published) -> Open:
    deck = _allowed(found.deck)
    return Open(found, deck, len(deck.figures) == len(found.deck.figures))


def _allowed(deck: Deck) -> Deck:
    """Return a deck with the figures of indicators that are known to be open."""
    codes = {one.code for one in deck.figures.values()}
    return opened(deck, {one for one in codes if one in INDICATORS and INDICATORS[one].is_public})
