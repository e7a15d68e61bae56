"""By night, the team's sums of the days that ended are written down."""

from datetime import time

from balise.foundation.actors import SYSTEM
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily
from balise.hotline.welfare import actions


@job(attempts=3)
def tell_team() -> None:
    """Add up the days that ended, for the team's totals."""
    actions.tell_team(by=SYSTEM)


SCHEDULE = (Daily(time(3, 40), tell_team),)
