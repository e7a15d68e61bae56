"""Count what a path did, once, in the tally of the day; tell the journal of days that are over."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from balise.awareness.network.training.events import ModuleCounted
from balise.awareness.network.training.models import DayTally, Once
from balise.awareness.network.training.rules.paths import Path
from balise.awareness.network.training.rules.words import What
from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies

MARKED: Final = timedelta(days=180)  # how long a path's second time is known: as it may be kept


def count(*, what: What, path: Path, total: int = 0, by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally, within the caller's transaction; a second time counts nothing."""
    if tallies.once(Once, path.id.bytes, what=what):
        tallies.add(DayTally, total=total, what=what.value)


def count_past(*, what: What, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add what paths did on days of the past, so many each day."""
    tallies.add_past(DayTally, days, what=what.value)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    return tallies.tell(DayTally, _fact, by=by)


def _fact(one: DayTally) -> ModuleCounted:
    return ModuleCounted(
        subject=uuid5(NAMESPACE_URL, f"awareness/module/{one.day}"),
        day=one.day,
        what=Code(one.what),
        times=one.untold,
        amount=one.untold_total,
    )
