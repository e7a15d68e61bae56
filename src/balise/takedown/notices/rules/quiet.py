"""When nothing leaves: nights, days of the week, holidays. Pure; in a zone that is given."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

# Longer than any row of quiet days; a country that is quiet all week is refused when it is read.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Quiet:
    """The quiet of a country or a contact.

    From `begins` to `ends` each day, over midnight where `begins` is the later; all of the ISO
    `weekdays` (7 is Sunday), of the holidays given as (month, day), and of those that are so many
    days after Easter Sunday. `begins` equal to `ends`: no hours of the day.
    """

    begins: time
    ends: time
    weekdays: frozenset[int] = frozenset()
    holidays: frozenset[tuple[int, int]] = frozenset()
    after_easter: frozenset[int] = frozenset()

    def takes_the_day(self, day: date) -> bool:
        """Return whether nothing leaves on a day."""
        return (
            day.isoweekday() in self.weekdays
            or (day.month, day.day) in self.holidays
            or (day - easter(day.year)).days in self.after_easter
        )

    def takes_the_hour(self, at: time) -> bool:
        """Return whether nothing leaves at a time of the day."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    quarter, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def next_open(at: datetime, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """Return the first moment, from this one on, at which something may leave."""
    if quiet is None:
        return at
    local = at.astimezone(zone)
    for later in range(_LONGEST):
        day = local.date() + timedelta(days=later)
        if quiet.takes_the_day(day):
            continue
        start = local if later == 0 else datetime.combine(day, time.min, tzinfo=zone)
        if not quiet.takes_the_hour(start.time()):
            return at if later == 0 else start.astimezone(at.tzinfo)
        opens = datetime.combine(day, quiet.ends, tzinfo=zone)
        if opens >= start:  # otherwise the quiet of this evening ends tomorrow
            return opens.astimezone(at.tzinfo)
    raise ValueError("it is always quiet there")
