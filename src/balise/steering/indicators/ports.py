"""What is asked of the lines: open days, the days of editions, campaigns."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from balise.foundation.ports import Port


class OpenDays(Protocol):
    def __call__(self, first: date, last: date) -> int:
        """Return on how many days of a period the helpline was open."""
        ...


class DayOfEdition(Protocol):
    def __call__(self, year: int) -> date | None:
        """Return the day of a year's edition of Safer Internet Day; None without one."""
        ...


class Campaigns(Protocol):
    def __call__(self, first: date, last: date) -> Sequence[tuple[str, str, date, date]]:
        """Return the campaigns that ran in a period: code, name, first and last day."""
        ...


open_days: Port[OpenDays] = Port("steering.open_days")
day_of_edition: Port[DayOfEdition] = Port("steering.day_of_edition")
campaigns: Port[Campaigns] = Port("steering.campaigns")
