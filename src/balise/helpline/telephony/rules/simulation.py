"""A day of calls that never were: when they come, how long one waits, how long one talks."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from balise.helpline.telephony.rules.calls import EndedBy, Happening

# Share of the day's calls in each hour from nine to eleven at night: after school is the peak.
_HOURS = (4, 5, 5, 5, 4, 5, 7, 9, 11, 12, 11, 9, 7, 6)
_TALK_MEAN_S = 35 * 60
_PATIENCE_MEAN_S = 240
_SILENT_SHARE = 0.12
_SILENT_S = (20, 150)
_RETURNING_SHARE = 0.15
_RING_S = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """Who will call: seconds after opening, for how long they wait and talk, and how it is."""

    ref: str
    at_s: float
    patience_s: float
    talk_s: float
    number: str
    is_silent: bool
    is_life_danger: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that the exchange will tell, so many seconds after opening."""

    at_s: float
    happening: Happening
    caller: Caller
    ended_by: EndedBy = EndedBy.UNKNOWN


def callers(calls: int, *, chance: Any, name: str = "day") -> list[Caller]:
    """Return the callers of a day, in the order in which they call; one is in danger of life.

    Talks last 35 minutes on average; the silent ones some seconds.

    `chance` is a `random.Random`: the same seed, the same day.
    """
    hours = chance.choices(range(len(_HOURS)), weights=_HOURS, k=calls)
    moments = sorted((hour + chance.random()) * 3600 for hour in hours)
    in_danger = chance.randrange(calls) if calls else -1
    made: list[Caller] = []
    for place, at_s in enumerate(moments):
        is_danger = place == in_danger
        is_silent = not is_danger and chance.random() < _SILENT_SHARE
        again = made and chance.random() < _RETURNING_SHARE
        number = chance.choice(made).number if again else f"+3319900{place:04}"
        talk = chance.uniform(*_SILENT_S) if is_silent else chance.gammavariate(4, _TALK_MEAN_S / 4)
        patience = 3_600.0 if is_danger else chance.expovariate(1 / _PATIENCE_MEAN_S) + 5
        made.append(
            Caller(
                ref=f"{name}-{place:04}",
                at_s=at_s,
                patience_s=patience,
                talk_s=talk,
                number=number,
                is_silent=is_silent,
                is_life_danger=is_danger,
            )
        )
    return made


def beats(who: list[Caller], *, seats: int) -> list[Beat]:
    """Return what the exchange tells of a day with so many listeners, in order.

    First come first served, the one in danger before all; who runs out of patience hangs up.
    """
    told: list[Beat] = []
    free = [0.0] * seats
    heapq.heapify(free)
    waiting: list[tuple[bool, float, int]] = []
    for place, caller in enumerate(who):
        told.extend(
            Beat(caller.at_s + after, happening, caller)
            for happening, after in ((Happening.RINGING, 0), (Happening.QUEUED, _RING_S))
        )
        _serve(who, waiting, free, until=caller.at_s, told=told)
        heapq.heappush(waiting, (not caller.is_life_danger, caller.at_s + _RING_S, place))
    _serve(who, waiting, free, until=float("inf"), told=told)
    return sorted(told, key=lambda beat: (beat.at_s, beat.caller.ref))


def _serve(
    who: list[Caller],
    waiting: list[tuple[bool, float, int]],
    free: list[float],
    *,
    until: float,
    told: list[Beat],
) -> None:
    while waiting and (not free or max(free[0], waiting[0][1]) <= until):
        _last, since, place = heapq.heappop(waiting)
        caller = who[place]
        begins = max(free[0], since) if free else float("inf")
        if begins > since + caller.patience_s:
            told.append(Beat(since + caller.patience_s, Happening.ABANDONED, caller))
            continue
        heapq.heapreplace(free, begins + caller.talk_s)
        ended_by = EndedBy.CALLER if caller.is_silent else EndedBy.LISTENER
        told.append(Beat(begins, Happening.ANSWERED, caller))
        told.append(Beat(begins + caller.talk_s, Happening.ENDED, caller, ended_by))


def gaps(day: list[Beat], *, speed: float) -> Iterator[tuple[float, Beat]]:
    """Yield how many real seconds to wait before each beat; no time at all at speed 0."""
    before = day[0].at_s if day else 0.0
    for beat in day:
        yield ((beat.at_s - before) / speed if speed else 0.0), beat
        before = beat.at_s


def offset(beat: Beat) -> timedelta:
    """Return how long after opening a beat is."""
    return timedelta(seconds=round(beat.at_s, 3))
