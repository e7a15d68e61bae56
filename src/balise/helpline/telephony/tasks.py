"""What comes round by itself."""

from datetime import timedelta

from balise.foundation.clock import now
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.helpline.telephony.actions import calling_back, numbers


@job(attempts=1)
def queue_call_backs() -> None:
    """Let those wait whose safe time has come."""
    calling_back.queue_due()


@job(attempts=1)
def wipe_numbers() -> None:
    """Destroy the numbers whose time is over."""
    numbers.wipe_due(at=now())


SCHEDULE = (
    Every(timedelta(minutes=1), queue_call_backs),
    Every(timedelta(minutes=15), wipe_numbers),
)
