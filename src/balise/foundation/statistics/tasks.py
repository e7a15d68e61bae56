"""Count new measures, forget the figures of those that went; note each day the usual delays."""

from datetime import time, timedelta

from balise.foundation.statistics import counting, usual
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


SCHEDULE = (
    Every(timedelta(minutes=5), adopt_measures),
    Daily(time(4, 10), note_usual_delays),
)
