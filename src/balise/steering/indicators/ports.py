"""What is asked of the lines: open days, and the days of editions."""

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


open_days: Port[OpenDays] = Port("steering.open_days")
day_of_edition: Port[DayOfEdition] = Port("steering.day_of_edition")
