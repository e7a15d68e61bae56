"""What comes round by itself."""

from datetime import timedelta

from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.helpline.queue.actions import claiming


@job(attempts=1)
def return_vanished() -> None:
    """Let those wait in front whose listener has vanished."""
    claiming.return_vanished()


SCHEDULE = (Every(timedelta(seconds=10), return_vanished),)
