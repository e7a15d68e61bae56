"""The time that listeners were with someone: from each time one took them to their release."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto


class Step(Enum):
    """What happened to someone, as far as it counts for the time spent with them."""

    TAKEN = auto()
    LET_GO = auto()
    GONE = auto()
    BACK = auto()


def seconds_with(
    steps: Iterable[tuple[datetime, Step]], *, since: datetime, until: datetime
) -> int:
    """Return the seconds within which a listener had someone, from `since` to `until`.

    Someone who was gone when they were released, or at `until`, counts until they went; someone who
    came back while the listener waited counts all along.
    """
    total = 0.0
    taken_at: datetime | None = None
    gone_at: datetime | None = None
    for at, step in (*steps, (until, Step.LET_GO)):
        if step is Step.TAKEN:
            taken_at = taken_at or at
        elif step is Step.GONE:
            gone_at = at
        elif step is Step.BACK:
            gone_at = None
        elif taken_at is not None:
            left_at = min(at, gone_at or at, until)
            total += max((left_at - max(taken_at, since)).total_seconds(), 0)
            taken_at = None
    return int(total)
