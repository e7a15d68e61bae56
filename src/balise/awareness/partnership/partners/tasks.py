"""What comes round by itself: recommendations that nobody answered in time."""

from datetime import time

from balise.awareness.partnership.partners.actions import advice
from balise.foundation.actors import SYSTEM
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily


@job()
def note_silence() -> None:
    """Note which companies let the last day for an answer go by."""
    advice.note_silence(by=SYSTEM)


SCHEDULE = (Daily(time(4, 40), note_silence),)
