"""What lessons bring: pupils who hear of the helpline, and call or write in the days after. Pure.

No study gives a number: it is an assumption of the pack, shown as one. It is added to what the past
says, and only where the past says something: a closed half hour stays closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil, floor, fsum, isclose

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.staffing.rules.forecast import Expected


@dataclass(frozen=True, slots=True)
class Assumption:
    """Contacts of 1,000 pupils met, and how they spread: shares of the day itself and those after.

    The shares come to 1.
    """

    per_thousand: float
    spread: tuple[float, ...]
    source: Words
    is_to_verify: bool

    @property
    def days_after(self) -> int:
        return len(self.spread) - 1


def brought(pupils: Mapping[date, int], day: date, how: Assumption) -> float:
    """Return how many contacts the lessons of a day and of the days before bring on it."""
    return fsum(
        pupils.get(day - timedelta(days=after), 0) * share * how.per_thousand / 1_000
        for after, share in enumerate(how.spread)
    )


def raised(halves: Sequence[Expected], contacts: float, *, whole: float) -> tuple[Expected, ...]:
    """Return half hours with their part of some more contacts; `whole` is what the day expects.

    Each gets what it is of the whole, and its band moves up with it.
    """
    if not contacts or not whole:
        return tuple(halves)
    found = []
    for half in halves:
        more = contacts * (half.mean / whole)
        mean = half.mean + more
        found.append(Expected(mean, half.low + floor(more), half.high + ceil(more)))
    return tuple(found)


@cache
def assumption(country: str) -> Assumption:
    """Return what a country assumes; PackFaulty where its shares do not come to one."""
    pack = load("balise.helpline.staffing", country=country, name="lessons")
    found = Assumption(
        float(pack["contacts_per_thousand"]),
        tuple(float(share) for share in pack["spread"]),
        Words.read(pack["source"], where="lessons.source"),
        bool(pack["to_verify"]),
    )
    if found.per_thousand < 0 or any(share < 0 for share in found.spread):
        raise PackFaulty("lessons: nothing is below zero")
    if not isclose(fsum(found.spread), 1.0):
        raise PackFaulty("lessons.spread: shares of all days come to 1")
    return found
