"""Six small challenges, one a week, and for how long an address is kept for them. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from balise.awareness.activities.charter.rules import PACKAGE
from balise.foundation.packs import PackFaulty, Words, load

MANY: Final = 6
WEEK: Final = timedelta(days=7)
KEPT: Final = timedelta(days=60)  # after the confirmation, whatever was not sent


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a family tries for a week."""

    code: str
    title: Words
    says: Words


@cache
def challenges(country: str) -> tuple[Challenge, ...]:
    """Return the six of a country's pack. Raises PackFaulty."""
    pack = load(PACKAGE, country=country, name="challenges")
    found = tuple(
        Challenge(
            str(row["code"]),
            Words.read(row["title"], where=f"challenges.{row['code']}.title"),
            Words.read(row["says"], where=f"challenges.{row['code']}.says"),
        )
        for row in pack["challenges"]
    )
    if len(found) != MANY:
        raise PackFaulty("challenges: there are six")
    return found
