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

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from balise.helpline.staffing.rules.erlang import (
    Load,
    Model,
    Outcome,
    Target,
    outcome,
    seats_for,
)
from balise.helpline.staffing.rules.work import HALF

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
