"""A press item as someone tells it, checked."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.press.rules.addresses import canonical
from balise.steering.press.rules.refusals import (
    DayFaulty,
    EvidenceFaulty,
    NumberFaulty,
    WordsMissing,
)
from balise.steering.press.rules.words import Medium, Tone, plain

EARLIEST: Final = date(1990, 1, 1)
MOST: Final = 10**10
LONGEST: Final = 120
LONGEST_TITLE: Final = 300
LONGEST_SUMMARY: Final = 2_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTold:
    """What someone tells of an item.

    `topic`, `sequence` and `campaign` are codes. `audience` is opportunities to see, None where
    nobody told it. `equivalent` is what the place would have cost as advertising, in euros.
    `evidence` is the SHA-256 digest of a file that the office keeps.
    """

    day: date
    outlet: str
    title: str
    medium: Medium
    programme: str = ""
    summary: str = ""
    topic: str = ""
    sequence: str = ""
    campaign: str = ""
    address: str = ""
    audience: Quantity | None = None
    tone: Tone | None = None
    evidence: str = ""
    equivalent: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """By what an item is known again: its address, and its title of an outlet on a day."""

    address: str
    twin: str


def check(told: ItemTold, *, today: date) -> Keys:
    """Return by what an item is known again.

    Raises DayFaulty, WordsMissing, AddressFaulty, NumberFaulty and EvidenceFaulty.
    """
    if told.day > today:
        raise DayFaulty(_("This day has not come yet."))
    if told.day < EARLIEST:
        raise DayFaulty(_("This day is too long ago."))
    outlet, title = plain(told.outlet), plain(told.title)
    if not outlet or not title:
        raise WordsMissing(_("Enter the outlet and the title."))
    if told.audience is not None:
        whole(told.audience)
    if told.evidence and not _DIGEST.fullmatch(told.evidence):
        raise EvidenceFaulty(_("Enter the SHA-256 digest of the file: 64 digits and letters."))
    twin = sha256(f"{told.day}\n{outlet}\n{title}".encode()).hexdigest()
    return Keys(canonical(told.address), twin)


def whole(quantity: Quantity) -> int:
    """Return an audience, or a price. Raises NumberFaulty."""
    value = quantity.value
    if value != value.to_integral_value() or not 0 <= value <= MOST:
        raise NumberFaulty(_("Enter a whole number, zero or more."))
    return int(value)


def quantity_of(value: int | None, bound: str) -> Quantity | None:
    """Return an audience with its bound, as a table keeps them."""
    return None if value is None else Quantity(Decimal(value), Bound(bound))
