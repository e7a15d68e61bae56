"""Scheduled jobs: pages that are gone, places that are no longer kept."""

from collections.abc import Sequence
from datetime import timedelta

from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.helpline.conversations.actions import presence


def forget_erased(entries: Sequence[Entry]) -> None:
    """Destroy the keys of conversations that a young person erased."""
    forget(entry.subject for entry in entries)


@job(attempts=1)
def look_who_is_there() -> None:
    """Suspend conversations whose page is gone, and free the listeners of those that stay away."""
    presence.suspend_dropped()
    presence.free_places()


@job(attempts=1)
def step_out_when_shut() -> None:
    """Take out of the line those who wait although the chat has closed."""
    presence.step_out_when_shut()


@job(attempts=2)
def end_forgotten() -> None:
    """End what nobody has come back to for a day."""
    presence.end_forgotten()


SCHEDULE = (
    Every(timedelta(seconds=10), look_who_is_there),
    Every(timedelta(minutes=1), step_out_when_shut),
    Every(timedelta(hours=1), end_forgotten),
)
