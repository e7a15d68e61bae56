"""Check what is due, through the tracer, each host in its turn."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched, count
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.takedown.tracing.queries import Lanes
from balise.takedown.tracing.rules.looks import Answer, Look
from balise.takedown.watch import queries
from balise.takedown.watch.actions import counting, noting, watching
from balise.takedown.watch.actions.noting import Noted
from balise.takedown.watch.queries import Address
from balise.takedown.watch.rules.schedule import News
from balise.takedown.watch.rules.verdicts import Seen

LANES = 8
IN_A_LANE = 16
PASS_SECONDS = 20.0
_GLANCE = 0.2  # seconds to wait for an answer before looking whose turn it is
_NAP = 0.5


@dataclass(slots=True)
class Passed:
    """What a pass did: how many looks, and what they changed."""

    looks: int = 0
    unknown: int = 0
    gone: int = 0
    back: int = 0
    moved: int = 0


type _Batch = list[tuple[UUID, Address]]


def look_at_due(*, seconds: float, waits: bool = True) -> Passed:
    """Look at what is due until nothing is, or so many seconds are over; return the result.

    It `waits` within these seconds for hosts that may not be asked yet, unless it is told not to.
    Memory holds LANES × IN_A_LANE contents at the most, however many are watched. It ends early
    when the tracer does not answer: nothing is lost, and what was claimed comes again.
    """
    passed, numbers = Passed(), count()
    until = time.monotonic() + seconds
    under_way: dict[int, _Batch] = {}
    with Lanes(LANES) as lanes:
        while True:
            if time.monotonic() < until:
                _send(lanes, numbers, under_way)
            if not under_way:
                if not waits or not _has_turn_before(until):
                    return passed
                time.sleep(_NAP)
            for number, looks in lanes.arrived(within=_GLANCE):
                if not _note(under_way.pop(number), looks, passed):
                    until = 0.0


def _send(lanes: Lanes, numbers: "count[int]", under_way: dict[int, _Batch]) -> None:
    """Send what may be asked now, as much as there is room for."""
    room = (LANES - len(lanes)) * IN_A_LANE
    if not room:
        return
    found = queries.addresses(watching.claim(limit=room, by=SYSTEM))
    for some in batched(found.items(), IN_A_LANE, strict=False):
        number = next(numbers)
        under_way[number] = list(some)
        lanes.send(number, [address.address for _id, address in some])


def _has_turn_before(until: float) -> bool:
    """Return whether some site has its turn before a moment of the monotonic clock."""
    turn = queries.next_turn()
    left = until - time.monotonic()
    return left > 0 and turn is not None and (turn - now()).total_seconds() < left


def _note(batch: _Batch, looks: Sequence[Look], passed: Passed) -> bool:
    """Save what was seen; return whether the tracer answered anything."""
    noted = [
        Noted(watched_id, address, look)
        for (watched_id, address), look in zip(batch, looks, strict=True)
    ]
    for result in noting.note_looks(noted=noted, at=now(), by=SYSTEM):
        passed.looks += result.seen is not Seen.UNKNOWN
        passed.gone += result.news is News.GONE
        passed.back += result.news is News.BACK
        passed.moved += result.has_moved
    unknown = sum(look.answer is Answer.UNKNOWN for look in looks)
    passed.unknown += unknown
    return unknown < len(looks)


def count_removals(entries: Sequence[Entry]) -> None:
    """Save the removals for exact percentiles."""
    counting.count_removals(entries=entries, by=SYSTEM)


@job(attempts=1, outside=True, priority=-10, lane=Lane.WATCH)
def check_due() -> None:
    """Check the content whose time has come, for a while; traces have their turn too."""
    look_at_due(seconds=PASS_SECONDS)


SCHEDULE = (Every(timedelta(minutes=1), check_due),)
