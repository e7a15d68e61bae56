"""The jobs of notices: send (`leaving`), check deadlines (`clocks`), receive (`hearing`)."""

from balise.takedown.notices.tasks import clocks, hearing, leaving
from balise.takedown.notices.tasks.clocks import end_gone, hold_asked, hold_lifted
from balise.takedown.notices.tasks.hearing import hear_answers
from balise.takedown.notices.tasks.leaving import gather_released, send_queued, send_written

__all__ = [
    "SCHEDULE",
    "end_gone",
    "gather_released",
    "hear_answers",
    "hold_asked",
    "hold_lifted",
    "send_queued",
    "send_written",
]

SCHEDULE = (*leaving.SCHEDULE, *clocks.SCHEDULE, *hearing.SCHEDULE)
