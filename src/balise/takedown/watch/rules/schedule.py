"""When to look again, and what follows from what was seen. Gone means three looks without it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.takedown.watch.rules.verdicts import Seen

MISSES = 3
# Two misses nearer than this are one: a server that starts again says 404 for a moment.
APART = timedelta(minutes=3)
# Between the first miss and the third: quick, so that a removal is known within the hour.
_AFTER_A_MISS = timedelta(minutes=15)
# A name that is gone may be back tomorrow: a bill that was paid late, a resolver that was wrong.
_AFTER_A_NAME = timedelta(days=1)
# After it is gone: it may come back. Then the watch ends.
_AFTER_GONE = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=90))
# While a worker looks, no other one does.
LOOKED_AT_FOR = timedelta(minutes=10)
# The tracer did not say: nothing was seen, and nothing is lost.
NOT_LOOKED = timedelta(minutes=5)
# What has proved nothing for this long is checked once a day, and the board shows it.
_LONG = timedelta(days=14)
_SELDOM = timedelta(days=1)
# Looks are spread by up to a tenth, so that what began together does not stay together.
_SPREAD = 0.1

# A host that is silent is left alone, twice as long each time.
_FIRST_SILENCE = timedelta(minutes=5)
_LONGEST_SILENCE = timedelta(hours=6)
_LONGEST_SPACE = timedelta(minutes=1)


class WatchState(TextChoices):
    """What is known of a content."""

    UNKNOWN = "unknown", pgettext_lazy("watch", "Not seen yet")
    ONLINE = "online", pgettext_lazy("watch", "Online")
    GONE = "gone", pgettext_lazy("watch", "Gone")


class Pace(TextChoices):
    """How often to look, by the urgency of the content."""

    URGENT = "urgent", pgettext_lazy("watch", "Every hour")
    STEADY = "steady", pgettext_lazy("watch", "Every four hours")
    SLOW = "slow", pgettext_lazy("watch", "Twice a day")

    @property
    def every(self) -> timedelta:
        """The time between two looks while nothing happens."""
        return _EVERY[self]


class News(StrEnum):
    """What one look changed."""

    NONE = ""
    GONE = "gone"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known: the state, how many looks missed it and when last, how many since it is gone.

    `quiet_since` is since when no look has proved anything, None while they do.
    """

    state: WatchState = WatchState.UNKNOWN
    misses: int = 0
    looks_since: int = 0
    missed_at: datetime | None = None
    quiet_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from one look: the new state, the change, and when to look again (or never)."""

    standing: Standing
    news: News
    wait: timedelta | None


def after(standing: Standing, seen: Seen, *, pace: Pace, at: datetime) -> Step:
    """Return what follows from what a look at a moment saw.

    Only a miss counts and only a sight forgives. Whatever else (an error, a wall, a redirect,
    silence) may be ours or theirs: it proves nothing, so it does neither.
    """
    if seen is Seen.UNKNOWN:
        return Step(standing, News.NONE, NOT_LOOKED)
    if seen is Seen.ONLINE:
        news = News.BACK if standing.state is WatchState.GONE else News.NONE
        return Step(Standing(WatchState.ONLINE), news, pace.every)
    if standing.state is WatchState.GONE:
        return _after_gone(standing, seen, at)
    if seen.is_miss:
        return _after_miss(standing, seen, at)
    return _after_nothing(standing, pace, at)


def _after_miss(standing: Standing, seen: Seen, at: datetime) -> Step:
    if standing.missed_at is not None and at - standing.missed_at < APART:
        return Step(standing, News.NONE, APART)
    misses = standing.misses + 1
    if misses < MISSES:
        wait = _AFTER_A_NAME if seen is Seen.NAME_GONE else _AFTER_A_MISS
        return Step(Standing(standing.state, misses, missed_at=at), News.NONE, wait)
    return Step(Standing(WatchState.GONE, misses, missed_at=at), News.GONE, _AFTER_GONE[0])


def _after_gone(standing: Standing, seen: Seen, at: datetime) -> Step:
    looks = standing.looks_since + seen.is_miss
    wait = _AFTER_GONE[looks] if looks < len(_AFTER_GONE) else None
    quiet_since = None if seen.is_miss else standing.quiet_since or at
    kept = Standing(WatchState.GONE, standing.misses, looks, standing.missed_at, quiet_since)
    return Step(kept, News.NONE, wait)


def _after_nothing(standing: Standing, pace: Pace, at: datetime) -> Step:
    since = standing.quiet_since or at
    wait = max(_SELDOM, pace.every) if at - since >= _LONG else pace.every
    kept = Standing(
        standing.state, standing.misses, standing.looks_since, standing.missed_at, since
    )
    return Step(kept, News.NONE, wait)


def spread(wait: timedelta, *, key: int) -> timedelta:
    """Return a wait made up to a tenth longer or shorter, always alike for one key."""
    return wait * (1 + _SPREAD * ((key % 2_001) / 1_000 - 1))


def space(*, contents: int, every: timedelta, most_a_minute: int) -> timedelta:
    """Return how long to leave a host alone between two looks at its contents.

    Never more than `most_a_minute`; and no faster than it takes to look at all of them in half of
    the time they have, a minute apart at the most.
    """
    shortest = timedelta(minutes=1) / most_a_minute + timedelta.resolution
    even = every / (2 * max(contents, 1))
    return max(shortest, min(even, _LONGEST_SPACE))


def silence(count: int) -> timedelta:
    """Return how long to leave a host alone that did not answer so many times in a row."""
    doubled = _FIRST_SILENCE * (1 << min(max(count - 1, 0), 20))
    return min(doubled, _LONGEST_SILENCE)


_EVERY = {
    Pace.URGENT: timedelta(hours=1),
    Pace.STEADY: timedelta(hours=4),
    Pace.SLOW: timedelta(hours=12),
}
