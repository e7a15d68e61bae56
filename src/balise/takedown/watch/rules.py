"""When to look again, and what an answer means. A content is gone when three looks say so."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MISSES = 3
# Between the first miss and the third: quick, so that a removal is known within the hour.
_AFTER_A_MISS = timedelta(minutes=15)
# After it is gone: it may come back. Then the watch ends.
_AFTER_GONE = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=90))
# While a worker looks, no other one does.
LOOKED_AT_FOR = timedelta(minutes=10)


class State(StrEnum):
    """What is known of a content."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    GONE = "gone"


class Pace(StrEnum):
    """How often to look: by how much depends on it."""

    URGENT = "urgent"
    STEADY = "steady"
    SLOW = "slow"


class News(StrEnum):
    """What one look changed."""

    NONE = ""
    GONE = "gone"
    BACK = "back"


_EVERY = {
    Pace.URGENT: timedelta(hours=1),
    Pace.STEADY: timedelta(hours=4),
    Pace.SLOW: timedelta(hours=12),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known: the state, how many looks in a row missed it, how many since it was gone."""

    state: State = State.UNKNOWN
    misses: int = 0
    looks_since: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from one look: the new standing, the news, and when to look again (or never)."""

    standing: Standing
    news: News
    wait: timedelta | None


def after(standing: Standing, status: str, *, pace: Pace) -> Step:
    """Return what follows from a look that gave this status (`tracing.queries.Check.status`).

    Only `gone` is a miss and only `online` a sight. Whatever else (an error, a redirect, silence)
    may be ours or theirs: it proves nothing, so it neither counts nor forgives.
    """
    if status == "online":
        news = News.BACK if standing.state is State.GONE else News.NONE
        return Step(Standing(State.ONLINE), news, _EVERY[pace])
    if standing.state is State.GONE:
        looks = standing.looks_since + (status == "gone")
        wait = _AFTER_GONE[looks] if looks < len(_AFTER_GONE) else None
        return Step(Standing(State.GONE, standing.misses, looks), News.NONE, wait)
    if status != "gone":
        return Step(standing, News.NONE, _EVERY[pace])
    misses = standing.misses + 1
    if misses < MISSES:
        return Step(Standing(standing.state, misses), News.NONE, _AFTER_A_MISS)
    return Step(Standing(State.GONE, misses), News.GONE, _AFTER_GONE[0])
