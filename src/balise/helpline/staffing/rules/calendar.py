"""Days that change how many people call: school holidays by zone, and public holidays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from balise.foundation.packs import PackFaulty, Words, load

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays of a country; `zones` gives each zone's, first and last day included."""

    zones: Mapping[str, tuple[tuple[date, date], ...]]
    public_holidays: frozenset[date]
    source: Words
    is_to_verify: bool

    def share_off(self, day: date) -> float:
        """Return the share of zones whose schools are closed for a holiday on a day, 0 to 1."""
        off = [
            any(first <= day <= last for first, last in holidays)
            for holidays in self.zones.values()
        ]
        return sum(off) / len(off)

    def knows(self, day: date) -> bool:
        """Return whether the calendar goes as far as a day."""
        return all(day <= holidays[-1][1] for holidays in self.zones.values())

    def weekday(self, day: date) -> int:
        """Return the weekday that a day is like, Monday being 0; a public holiday is a Sunday."""
        return SUNDAY if day in self.public_holidays else day.weekday()


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(monday: date) -> tuple[date, ...]:
    """Return the seven days of a week."""
    return tuple(monday + timedelta(days=place) for place in range(7))


@cache
def calendar(country: str) -> Calendar:
    """Return a country's calendar; PackFaulty where the pack does not say what it must."""
    pack = load("balise.helpline.staffing", country=country, name="calendar")
    zones = {
        str(zone): tuple((first, last) for first, last in holidays)
        for zone, holidays in pack["zones"].items()
    }
    if not zones:
        raise PackFaulty("calendar.zones: at least one")
    for zone, holidays in zones.items():
        days = [day for pair in holidays for day in pair]
        if not days or days != sorted(days):
            raise PackFaulty(f"calendar.zones.{zone}: holidays in order, first day before last")
    return Calendar(
        zones=zones,
        public_holidays=frozenset(pack["public_holidays"]),
        source=Words.read(pack["source"], where="calendar.source"),
        is_to_verify=bool(pack["to_verify"]),
    )
