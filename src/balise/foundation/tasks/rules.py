"""When a job is tried again, and when a schedule is due. Pure."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

_FIRST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=1)


class Fate(StrEnum):
    """What becomes of a job whose attempt failed."""

    AGAIN = "again"
    DEAD = "dead"


def fate(*, made: int, allowed: int) -> Fate:
    """Return whether a job that made so many attempts gets another one."""
    return Fate.AGAIN if made < allowed else Fate.DEAD


def pause(*, made: int, chance: float) -> timedelta:
    """Return how long to wait after so many attempts: 10 s, 30 s, 90 s … at most an hour.

    `chance`, from 0 to 1, spreads it between half and one and a half times, so that jobs that
    failed together do not come back together.
    """
    longest = _LONGEST_PAUSE / _FIRST_PAUSE
    steps = min(3.0 ** min(max(made - 1, 0), 20), longest)
    return _FIRST_PAUSE * steps * (0.5 + chance)


def slot_of_period(now: datetime, period: timedelta) -> datetime:
    """Return the last moment at or before `now` that a period divides the epoch into."""
    seconds = period.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)


def slot_of_day(now: datetime, at: time, zone: tzinfo) -> datetime:
    """Return the last moment at or before `now` when it was `at` in a zone.

    An hour that spring skips comes an hour later; one that autumn repeats counts the first time.
    """
    day = now.astimezone(zone).date()
    slot = _moment(datetime.combine(day, at, tzinfo=zone), now)
    if slot > now:
        slot = _moment(datetime.combine(day - timedelta(days=1), at, tzinfo=zone), now)
    return slot


def _moment(local: datetime, like: datetime) -> datetime:
    return local.astimezone(like.tzinfo)
