"""What comes round: days that are over are told to the journal."""

from datetime import time

from balise.awareness.activities.stories.actions import playing
from balise.foundation.actors import SYSTEM
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily


@job()
def tell_days() -> None:
    """Tell the journal what was begun and finished on days that are over."""
    playing.tell_days(by=SYSTEM)


SCHEDULE = (Daily(time(0, 25), tell_days),)
