"""From what is expected to the seats that it takes.

**Talk lasts longer than a half hour.** What is being talked about in a half hour began in those
before; so the load follows the arrivals as a queue without end does (Jennings, Mandelbaum, Massey
and Whitt, 1996: the offered load of a time-varying queue). The fuller end of the half hour counts.

**Calls and chats together.** A listener with n chats at once does the work of n seats of one chat:
a chat is 1/n of a call of its length (the handling time of a chat is measured as it lasts, with the
others beside it; Tezcan and Zhang, 2014, staff chats in that way). Both are then one load in
Erlang's model A. A voice call leaves room for nothing else, which pooling forgets; a simulation of
the queue's own rule shows that this costs little (tests/test_needs.py, docs/measurements.md).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from math import exp

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.queue.rules import SeatState
from balise.helpline.staffing.rules.erlang import Load, Model, Outcome, Target, outcome, seats_for

# What a seat is to give, and what working hours must keep, from the country's pack.


HALF = 30  # minutes
HALVES = 48  # of a day


@dataclass(frozen=True, slots=True)
class Work:
    """The pack: shares from 0 to 1, lengths in half hours where a name ends in `_halves`."""

    target: Target
    max_occupancy: float
    shrinkage: float
    on_the_day: float
    concurrency: int
    call_s: float
    chat_s: float
    patience_s: float
    between_days_halves: int
    weekly_halves: int
    days_a_week: int
    shift_halves: tuple[int, ...]
    longest_work_halves: int
    break_halves: int
    break_from_halves: int
    source: Words
    is_to_verify: bool

    def has_break(self, halves: int) -> bool:
        """Return whether a shift of so many half hours has a break."""
        return halves >= self.break_from_halves

    def worked(self, halves: int) -> int:
        """Return how many half hours of a shift are work."""
        return halves - (self.break_halves if self.has_break(halves) else 0)


@cache
def work(country: str) -> Work:
    """Return a country's figures; PackFaulty where the pack does not say what it must."""
    pack = load("balise.helpline.staffing", country=country, name="work")
    target, usual, rest, shift = (pack[name] for name in ("target", "usual", "rest", "shift"))
    found = Work(
        target=Target(target["share"], target["within_seconds"]),
        max_occupancy=target["max_occupancy"],
        shrinkage=target["shrinkage"],
        on_the_day=target["on_the_day"],
        concurrency=target["concurrency"],
        call_s=usual["call_minutes"] * 60,
        chat_s=usual["chat_minutes"] * 60,
        patience_s=usual["patience_minutes"] * 60,
        between_days_halves=rest["between_days_hours"] * 2,
        weekly_halves=rest["weekly_hours"] * 2,
        days_a_week=rest["days_a_week"],
        shift_halves=tuple(hours * 2 for hours in shift["hours"]),
        longest_work_halves=shift["longest_work_hours"] * 2,
        break_halves=shift["break_minutes"] // HALF,
        break_from_halves=shift["break_in_shifts_from_hours"] * 2,
        source=Words.read(pack["source"], where="work.source"),
        is_to_verify=bool(pack["to_verify"]),
    )
    shares = (found.shrinkage, found.on_the_day)
    if not all(0 <= share < 1 for share in shares) or not 0 < found.max_occupancy <= 1:
        raise PackFaulty("work.target: shares are from 0 to 1")
    if any(found.worked(halves) > found.longest_work_halves for halves in found.shift_halves):
        raise PackFaulty("work.shift: a shift is longer than a day may be")
    return found


_HALF_S = HALF * 60


@dataclass(frozen=True, slots=True)
class Manner:
    """How contacts are: seconds of work for a call and a chat, of patience; chats at once."""

    call_s: float
    chat_s: float
    patience_s: float
    concurrency: int


@dataclass(frozen=True, slots=True)
class Aim:
    """What seats are to give."""

    target: Target
    max_occupancy: float


def loads(calls: Sequence[float], chats: Sequence[float], manner: Manner) -> list[Load]:
    """Return the load of each half hour, from the contacts that begin in each."""
    talked = _busy(calls, manner.call_s)
    written = [each / manner.concurrency for each in _busy(chats, manner.chat_s)]
    return [_together(call, chat, manner) for call, chat in zip(talked, written, strict=True)]


def steady_load(calls_per_hour: float, chats_per_hour: float, manner: Manner) -> Load:
    """Return the load of an hour like those before it, for a what-if."""
    return _together(
        calls_per_hour * manner.call_s / 3600,
        chats_per_hour * manner.chat_s / 3600 / manner.concurrency,
        manner,
    )


def seats_needed(load: Load, aim: Aim) -> int:
    """Return how many must be seated for a load, by Erlang's model A; none for nothing."""
    # A load to two digits is as exact as a forecast can be, and is found in the cache again.
    return _seats(replace(load, per_hour=round(load.per_hour, 2)), aim) if load.per_hour else 0


def with_seats(load: Load, seats: int, aim: Aim) -> Outcome:
    """Return what so many seats give."""
    return outcome(Model.A, load, seats, within_s=aim.target.within_s)


@lru_cache(maxsize=4_096)
def _seats(load: Load, aim: Aim) -> int:
    return seats_for(Model.A, load, aim.target, max_occupancy=aim.max_occupancy)


def _busy(arrivals: Sequence[float], handling_s: float) -> list[float]:
    """Return the mean of those in hand at the fuller end of each half hour, in erlangs."""
    stays = exp(-_HALF_S / handling_s)
    before, busy = 0.0, []
    for count in arrivals:
        after = before * stays + count * handling_s / _HALF_S * (1 - stays)
        busy.append(max(before, after) if count else after)
        before = after
    return busy


def _together(talked: float, written: float, manner: Manner) -> Load:
    """Return one load from erlangs of calls and (shared) erlangs of chats."""
    per_hour = (talked / manner.call_s + written / manner.chat_s) * 3600
    handling = (talked + written) * 3600 / per_hour if per_hour else manner.call_s
    return Load(per_hour, handling, manner.patience_s)


# How long each console was on in each half hour, compared with the rota.
#
# A gap is shown for the team as a whole; nobody is compared with anybody.


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
