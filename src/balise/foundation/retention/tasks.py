"""The nightly forgetting, and the marks by which it knows the clock."""

from datetime import time, timedelta

from balise.foundation.actors import SYSTEM
from balise.foundation.retention import actions
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily, Every


@job(attempts=3, outside=True, lane=Lane.UPKEEP)
def forget_what_is_due() -> None:
    """Apply every retention rule, in many short transactions."""
    actions.run(by=SYSTEM)


@job()
def note_clock() -> None:
    """Add the regular entry that records the time in the journal."""
    actions.note_clock(by=SYSTEM)


SCHEDULE = (Daily(time(3, 10), forget_what_is_due), Every(timedelta(hours=6), note_clock))
