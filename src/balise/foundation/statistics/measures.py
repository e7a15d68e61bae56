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
    as 09:30: when in the centre's day the entry was recorded.
    """

    name: str
    counts: type[Event]
    by: tuple[str, ...] = ()
    day: str = ""
    amount: str = ""
    only: tuple[tuple[str, str], ...] = ()
    by_half_hour: bool = False

    def __post_init__(self) -> None:
        known = set(self.counts.__dataclass_fields__) - {"subject"}
        unknown = {*self.by, self.day, self.amount, *dict(self.only)} - {""} - known
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
        if self.day:
            parts += ("|", "late")  # counted apart since 0004_late
        return sha256("\n".join(parts).encode()).hexdigest()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the figures can be grouped by."""
        return (*self.by, HALF_HOUR) if self.by_half_hour else self.by

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
        return Cell(day, codes_text(codes))

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


def _half_hour(at: datetime) -> str:
    local = at.astimezone(clock.zone())
    return f"{local.hour:02}:{local.minute // 30 * 30:02}"
