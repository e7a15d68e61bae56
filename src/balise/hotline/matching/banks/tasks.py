"""What follows from entries, and what comes round by itself: late finds, floods, the index."""

from collections.abc import Sequence
from datetime import timedelta

from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.hotline.matching.banks.actions import finding


def find_late(entries: Sequence[Entry]) -> None:
    """Look for what new entries make known among what was seen lately."""
    for entry in entries:
        finding.find_late(first=int(entry.facts["first"]), last=int(entry.facts["last"]))


@job()
def stop_floods() -> None:
    """Put hashes that match too often today in quarantine."""
    finding.quarantine_floods()


@job(outside=True)
def tend_index() -> None:
    """Bring the worker's index up to date, and merge what is small in it."""
    from balise.hotline.matching.banks.memory.searching import known  # noqa: PLC0415 - it loads numpy

    known().refresh(at_once=True)
    known().merge()


SCHEDULE = (
    Every(timedelta(minutes=1), stop_floods),
    Every(timedelta(minutes=1), tend_index),
)
