"""Count new measures from the first entry, and forget the figures of those that went."""

from datetime import timedelta

from balise.foundation.statistics import counting
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every


@job(attempts=3, outside=True, lane=Lane.UPKEEP)
def adopt_measures() -> None:
    """Count measures that are new or changed in this version; there are rarely any."""
    counting.adopt()


SCHEDULE = (Every(timedelta(minutes=5), adopt_measures),)
