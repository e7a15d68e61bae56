"""What follows from what happened to pictures and conversations."""

from collections.abc import Sequence

from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.models import Entry
from balise.helpline.pictures.actions import sealing


def move_kept(entries: Sequence[Entry]) -> None:
    """Put pictures that a child lets us keep under keys of their own."""
    for entry in entries:
        sealing.move_kept(picture_id=entry.subject)


def forget_erased(entries: Sequence[Entry]) -> None:
    """Destroy the keys of pictures that were erased, where they had one of their own."""
    forget(entry.subject for entry in entries)


def erase_with(entries: Sequence[Entry]) -> None:
    """Erase the pictures of conversations that a young person erased."""
    for entry in entries:
        sealing.erase_of(conversation_id=entry.subject)
