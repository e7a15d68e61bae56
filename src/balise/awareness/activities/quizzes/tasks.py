"""What comes round: days that are over are told to the journal."""

from datetime import time

from balise.awareness.activities.quizzes import actions
from balise.foundation.actors import SYSTEM
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily


@job()
def tell_days() -> None:
    """Tell the journal what was counted of quizzes on days that are over."""
    actions.tell_days(by=SYSTEM)


SCHEDULE = (Daily(time(0, 30), tell_days),)
