"""A measure says which event to count, on which day and by which of its codes.

Pure: what one entry adds to the figures follows from the entry alone, so a recount of the journal
gives the same numbers as the counting did.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, quote

from balise.foundation import clock
from balise.foundation.journal.events import Event

HALF_HOUR: Final = "half_hour"
DAYS_TAKEN: Final = "days_taken"
# Whole days that something took: the same day, one to three, four to six, seven and more.
DAY_BANDS: Final = (("0d", 0), ("3d", 3), ("6d", 6))
MORE_DAYS: Final = "7d-more"
_DAY: Final = 86_400


class Cell(NamedTuple):
    """The place of a figure: the measure's day and codes; of a late one, the day of its record."""

    day: date
    codes: str
    recorded: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What to count.

    `day` names a date field of the event ("" for the day it was recorded, in the centre's zone);
    `amount` names a whole-number field that is summed beside the count. `only` names codes that the
    event must have, for an event that several lines share. `by_half_hour` adds a code `half_hour`,
    as 09:30: when in the centre's day the entry was recorded. `by_days` names a field in seconds,
    and adds a code `days_taken`: the band of its whole days. `sign` names a whole-number field:
    below nought, the entry takes a unit out instead of adding one. What is protected of a measure
    that `is_yearly` is told of whole years alone.
    """

    name: str
    counts: type[Event]
    by: tuple[str, ...] = ()
    day: str = ""
    amount: str = ""
    only: tuple[tuple[str, str], ...] = ()
    by_half_hour: bool = False
    by_days: str = ""
    sign: str = ""
    is_yearly: bool = False

    def __post_init__(self) -> None:
        known = set(self.counts.__dataclass_fields__) - {"subject"}
        used = {*self.by, self.day, self.amount, self.by_days, self.sign, *dict(self.only)}
        unknown = used - {""} - known
        if unknown:
            raise ValueError(f"{self.name}: {self.counts.name} has no {', '.join(sorted(unknown))}")

    @property
    def definition(self) -> str:
        """A digest that changes when the same entries would be counted otherwise."""
        parts = (self.counts.name, *self.by, "|", self.day, "|", self.amount)
        for pair in self.only:
            parts += ("|", *pair)
        if self.by_half_hour:
            parts += ("|", HALF_HOUR)
        if self.by_days:
            parts += ("|", DAYS_TAKEN, self.by_days)
        if self.sign:
            parts += ("|", "sign", self.sign)
        if self.day:
            parts += ("|", "late")  # counted apart since 0004_late
        return sha256("\n".join(parts).encode()).hexdigest()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the figures can be grouped by."""
        half_hour = (HALF_HOUR,) if self.by_half_hour else ()
        return (*self.by, *half_hour, *((DAYS_TAKEN,) if self.by_days else ()))

    @property
    def facts(self) -> tuple[str, ...]:
        """The fields that tell two entries apart, beside the day and the amount; each once."""
        named = (*self.by, *dict(self.only), self.by_days, self.sign)
        return tuple(dict.fromkeys(name for name in named if name))

    def counts_these(self, facts: dict[str, Any]) -> bool:
        """Return whether an entry with these facts is counted."""
        return all(word(facts.get(code)) == value for code, value in self.only)

    def cell(self, facts: dict[str, Any], at: datetime) -> Cell:
        """Return where an entry with these facts, recorded at this moment, is counted."""
        on = facts.get(self.day) if self.day else None
        day = date.fromisoformat(on[:10]) if on else clock.day_of(at)
        codes = {code: facts.get(code) for code in self.by}
        if self.by_half_hour:
            codes[HALF_HOUR] = _half_hour(at)
        if self.by_days:
            codes[DAYS_TAKEN] = days_taken(int(facts.get(self.by_days) or 0))
        return Cell(day, codes_text(codes))

    def units_of(self, facts: dict[str, Any]) -> int:
        """Return how many units an entry adds: 1, or -1 where it takes one out."""
        return -1 if self.sign and int(facts.get(self.sign) or 0) < 0 else 1

    def amount_of(self, facts: dict[str, Any]) -> int:
        """Return what an entry adds to the total; 0 for a measure without an amount."""
        return int(facts.get(self.amount) or 0) if self.amount else 0


MEASURES: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """Add measures to those that are counted; the centre's start calls it."""
    for measure in measures:
        known = MEASURES.setdefault(measure.name, measure)
        if known != measure:
            raise ValueError(f"two measures are called {measure.name}")


def codes_text(codes: dict[str, Any]) -> str:
    """Return codes as one canonical text: `a=x&b=y`, sorted by name, values percent-encoded."""
    return "&".join(f"{name}={_quoted(word(codes[name]))}" for name in sorted(codes))


def read_codes(text: str) -> dict[str, str]:
    """Return the codes that `codes_text` wrote."""
    return dict(parse_qsl(text, keep_blank_values=True))


def word(value: object) -> str:
    """Return a fact's value as it is counted: `yes`, `no`, nothing for None, parts by commas."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ",".join(str(part) for part in value)
        case _:
            return str(value)


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    return quote(text, safe=":/")


def days_taken(seconds: int) -> str:
    """Return the band of whole days that so many seconds fall in."""
    return next((code for code, most in DAY_BANDS if seconds // _DAY <= most), MORE_DAYS)


def _half_hour(at: datetime) -> str:
    local = at.astimezone(clock.zone())
    return f"{local.hour:02}:{local.minute // 30 * 30:02}"
