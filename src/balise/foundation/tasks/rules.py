"""Which jobs wait for each other, how long one may take, when it is tried again or due. Pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final


class Lane(StrEnum):
    """A kind of job. Jobs of one lane run one after the other, and wait for no other lane."""

    URGENT = "urgent"  # someone is in danger, or waits at a telephone
    HOUSE = "house"  # works on the database alone, in one transaction
    MAIL = "mail"  # sends an e-mail to staff, or an answer to someone who wrote
    INBOX = "inbox"  # reads a mailbox
    HOSTS = "hosts"  # tells hosts and platforms
    PARTNERS = "partners"  # talks to partners, hotlines abroad and authorities
    WATCH = "watch"  # asks the tracer
    UPKEEP = "upkeep"  # long work in many short transactions: retention, figures


# Time for one attempt: several times what it takes on a busy machine with a slow other side.
LIMITS: Final[Mapping[Lane, timedelta]] = {
    Lane.URGENT: timedelta(minutes=2),
    Lane.HOUSE: timedelta(minutes=5),
    Lane.MAIL: timedelta(minutes=3),
    Lane.INBOX: timedelta(minutes=10),
    Lane.HOSTS: timedelta(minutes=5),
    Lane.PARTNERS: timedelta(minutes=5),
    Lane.WATCH: timedelta(minutes=3),
    Lane.UPKEEP: timedelta(hours=3),
}

_FIRST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=1)


def lane_of(queue: str) -> Lane:
    """Return the lane of a queue's name; an unknown one is HOUSE's, so that its jobs are run."""
    return Lane(queue) if queue in set(Lane) else Lane.HOUSE


class Fate(StrEnum):
    """What happens to a job whose attempt failed."""

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
