"""What follows from what happened: a timestamp is asked outside, a device answered."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.encryption.timestamps import dating
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.helpline.vault.actions import inviting, stamping


def stamp_asked(entries: Sequence[Entry]) -> None:
    """Queue the timestamp of each commitment that a device has just sent."""
    for entry in entries:
        bring_stamp.later(stamp_id=entry.subject)


@job(attempts=6, outside=True)
def bring_stamp(stamp_id: str) -> None:
    """Bring one timestamp."""
    stamping.stamp(stamp_id=UUID(stamp_id), dating=dating())


def words_taken(entries: Sequence[Entry]) -> None:
    """Answer each device that has just committed to its part of the four words."""
    for entry in entries:
        inviting.answer(key_id=UUID(str(entry.subject)))


def item_shared(entries: Sequence[Entry]) -> None:
    """Tell the chat whose listener asked that something came to its case."""
    for key in dict.fromkeys(entry.facts["key"] for entry in entries):
        inviting.tell_shared(key_id=UUID(key))
