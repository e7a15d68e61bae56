"""Count new measures, forget those that went; note the usual delays, tell protected numbers."""

from datetime import time, timedelta

from balise.foundation.statistics import counting, telling, usual
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily, Every


@job(attempts=3, outside=True, lane=Lane.UPKEEP)
def adopt_measures() -> None:
    """Count measures that are new or changed in this version; there are rarely any."""
    counting.adopt()


@job(attempts=3, outside=True, lane=Lane.UPKEEP)
def note_usual_delays() -> None:
    """Note how long each step usually takes, for those who wait for one."""
    usual.note()


@job(attempts=3, outside=True, lane=Lane.UPKEEP)
def tell_protected_numbers() -> None:
    """Draw the numbers of protected figures whose quarter or year ended long enough ago."""
    telling.tell()


SCHEDULE = (
    Every(timedelta(minutes=5), adopt_measures),
    Daily(time(4, 10), note_usual_delays),
    Daily(time(4, 20), tell_protected_numbers),
)
