"""How long each console was on in each half hour, compared with the rota.

A gap is shown for the team as a whole; nobody is compared with anybody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from balise.helpline.queue.rules import SeatState
from balise.helpline.staffing.rules.work import HALF

HALF_S = HALF * 60
# Ready or with someone; a break does not count, and is planned too.
SEATED = frozenset({SeatState.READY, SeatState.BUSY, SeatState.WRAP_UP})
_THERE = 0.5  # of a half hour: someone who was there for this share of it was there

type Bucket = tuple[date, int]  # a day and its half hour


@dataclass(frozen=True, slots=True)
class HalfHour:
    """One half hour of the team: how many were planned, and how many were there on average."""

    half: int
    planned: int
    seated: float

    @property
    def missing(self) -> float:
        return max(self.planned - self.seated, 0.0)


@dataclass(frozen=True, slots=True)
class Kept:
    """One's own day beside one's own rota, in half hours."""

    planned: int
    there_as_planned: int
    there_besides: int

    @property
    def planned_hours(self) -> float:
        return self.planned / 2

    @property
    def there_hours(self) -> float:
        return self.there_as_planned / 2

    @property
    def besides_hours(self) -> float:
        return self.there_besides / 2


def spread(begins: datetime, ends: datetime, *, zone: tzinfo) -> Counter[Bucket]:
    """Return the seconds of a stretch of time within each half hour of the zone's days."""
    found: Counter[Bucket] = Counter()
    at = begins
    while at < ends:
        # Zones are whole half hours apart, so half hours begin together everywhere.
        next_half = datetime.fromtimestamp(
            (at.timestamp() // HALF_S + 1) * HALF_S, tz=begins.tzinfo
        )
        until = min(next_half, ends)
        local = at.astimezone(zone)
        half = (local.hour * 60 + local.minute) // HALF
        found[local.date(), half] += round((until - at) / timedelta(seconds=1))
        at = until
    return found


def of_team(planned: Sequence[int], seconds: Mapping[int, int]) -> list[HalfHour]:
    """Return each half hour in which someone was planned or there."""
    return [
        HalfHour(half, planned[half], seconds.get(half, 0) / HALF_S)
        for half in range(len(planned))
        if planned[half] or seconds.get(half, 0) >= HALF_S * _THERE
    ]


def share_kept(halves: Sequence[HalfHour]) -> float | None:
    """Return how much of what was planned was there, from 0 to 1; None where nothing was planned.

    More than planned in one half hour makes up for nothing in another.
    """
    planned = sum(half.planned for half in halves)
    if not planned:
        return None
    return sum(min(half.seated, half.planned) for half in halves) / planned


def own(planned: set[int], seconds: Mapping[int, int]) -> Kept:
    """Return one's own day: where one was there for half of a half hour, one was there."""
    there = {half for half, each in seconds.items() if each >= HALF_S * _THERE}
    return Kept(len(planned), len(planned & there), len(there - planned))
