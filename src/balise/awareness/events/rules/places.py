"""Places: who has one, who waits, who is next. Nobody waits while a place is free.

Counters stand for the rows, so that no place is given by counting: the row that holds them is
locked while they change.
"""

from dataclasses import dataclass, replace
from typing import Final

from balise.awareness.events.rules.words import Standing

MOST: Final = 100_000  # places of one event
_EXACT: Final = 10  # below this, what is shown of a number is that it is small


@dataclass(frozen=True, slots=True)
class Tally:
    """The counters of an event: `last` is the number that was given last; they never come again."""

    capacity: int
    confirmed: int = 0
    waiting: int = 0
    not_coming: int = 0
    last: int = 0

    @property
    def left(self) -> int:
        """How many places are free."""
        return self.capacity - self.confirmed

    @property
    def registered(self) -> int:
        """How many registered, whatever they said since."""
        return self.confirmed + self.waiting + self.not_coming

    @property
    def to_promote(self) -> int:
        """How many who wait may have a place now."""
        return min(self.left, self.waiting)


def standing_next(tally: Tally) -> Standing:
    """Return where the next to register would stand."""
    return Standing.CONFIRMED if tally.left > 0 else Standing.WAITING


def with_one_more(tally: Tally, *, came_back: bool = False) -> Tally:
    """Return the counters after someone registered, or came back: at the end of the line."""
    after = replace(tally, last=tally.last + 1, not_coming=tally.not_coming - came_back)
    if standing_next(tally) is Standing.CONFIRMED:
        return replace(after, confirmed=tally.confirmed + 1)
    return replace(after, waiting=tally.waiting + 1)


def without_one(tally: Tally, was: Standing) -> Tally:
    """Return the counters after someone said that they do not come; nobody is promoted yet."""
    if was is Standing.NOT_COMING:
        return tally
    return replace(
        tally,
        confirmed=tally.confirmed - (was is Standing.CONFIRMED),
        waiting=tally.waiting - (was is Standing.WAITING),
        not_coming=tally.not_coming + 1,
    )


def with_promoted(tally: Tally, many: int) -> Tally:
    """Return the counters after the first who waited have a place. ValueError beyond the places."""
    if many > tally.to_promote:
        raise ValueError("more promoted than places are free")
    return replace(tally, confirmed=tally.confirmed + many, waiting=tally.waiting - many)


def shown(number: int) -> int | None:
    """Return a number as anyone reads it: rounded down to ten; None for 1 to 9.

    An exact one would tell, before and after a registration, whether an address was new.
    """
    if 0 < number < _EXACT:
        return None
    return number - number % _EXACT
