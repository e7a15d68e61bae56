"""What comes round: days are told."""

from datetime import time

from balise.awareness.activities.feedback import actions
from balise.foundation.actors import SYSTEM
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily


@job()
def tell_days() -> None:
    """Tell the journal what was said on days that are over."""
    actions.tell_days(by=SYSTEM)


SCHEDULE = (Daily(time(0, 25), tell_days),)
