"""The jobs of notices: send (`leaving`), check deadlines (`clocks`), receive (`hearing`)."""

from balise.takedown.notices.tasks import clocks, hearing, leaving
from balise.takedown.notices.tasks.clocks import (
    end_gone as end_gone,
    hold_asked as hold_asked,
    hold_lifted as hold_lifted,
)
from balise.takedown.notices.tasks.hearing import hear_answers as hear_answers
from balise.takedown.notices.tasks.leaving import (
    gather_released as gather_released,
    send_queued as send_queued,
    send_written as send_written,
)

SCHEDULE = (*leaving.SCHEDULE, *clocks.SCHEDULE, *hearing.SCHEDULE)
