"""What everyone may read: editions that are published, and of these the figures that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from balise.foundation.finding import NotHere, there
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.deck import Deck
from balise.steering.published.rules import latest_of, opened
from balise.steering.rules.leaving import FigureTable


@dataclass(frozen=True, slots=True)
class Open:
    """A published edition with its open figures; `digest` is of the whole deck as it was frozen.

    `is_whole`: all its figures are open, so that its files are too.
    """

    day: date
    published_at: datetime
    deck: Deck
    digest: str
    is_whole: bool


def days() -> Sequence[date]:
    """Return the days of published editions, the latest first."""
    return showing.published_days()


def edition(day: date | None = None) -> Open:
    """Return the published edition of a day, the latest without one. Raises NotHere."""
    found = showing.published(day)
    codes = {one.code for one in found.deck.figures.values()}
    # An indicator that is known no more is not known to be open.
    allowed = {code for code in codes if code in INDICATORS and INDICATORS[code].is_public}
    return Open(
        found.day,
        found.published_at,
        opened(found.deck, allowed),
        found.digest,
        codes == allowed,
    )


def figure(day: date, number: str) -> tuple[Open, FigureTable]:
    """Return an open figure of a published edition by its number. Raises NotHere."""
    found = edition(day)
    return found, there(found.deck.figures.get(number))


def latest(code: str) -> tuple[Open, FigureTable]:
    """Return the first figure of an indicator in the latest published edition. Raises NotHere."""
    found = edition()
    return found, there(latest_of(found.deck, code))


def files(found: Open) -> Sequence[tuple[str, str]]:
    """Return the form and language of each file of an edition; none where it is not all open."""
    return showing.published_forms(found.day) if found.is_whole else ()


def file(day: date, form: str, language: str) -> bytes:
    """Return a file of a published edition whose figures are all open. Raises NotHere."""
    if not edition(day).is_whole:
        raise NotHere(day)
    return showing.published_file(day, form, language)
