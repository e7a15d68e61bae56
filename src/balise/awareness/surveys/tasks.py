"""What comes round: surveys close after their last day, and answers are stored at night."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from balise.awareness.surveys.actions import making, storing
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily


@job()
def store_answers() -> None:
    """Close surveys whose last day is over, and store what waits of all."""
    making.close_due(by=SYSTEM)
    storing.store_all(by=SYSTEM)


@job()
def store_last(survey_id: str) -> None:
    """Store what waits of a survey that was closed."""
    storing.store(survey_id=UUID(survey_id), by=SYSTEM)


def store_closed(entries: Sequence[Entry]) -> None:
    """Hear that surveys are closed."""
    for entry in entries:
        store_last.later(survey_id=str(entry.subject))


SCHEDULE = (Daily(time(0, 50), store_answers),)
