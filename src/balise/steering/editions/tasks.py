"""What the worker does for editions: draws the files of one that was frozen or published."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.steering.editions.actions import freezing


def draw_frozen(entries: Sequence[Entry]) -> None:
    """Queue the drawing of each edition that was frozen, or published."""
    for entry in entries:
        draw_files.later(edition_id=entry.subject)


@job(outside=True, lane=Lane.HOUSE)
def draw_files(edition_id: str) -> None:
    """Draw the files of an edition; documents take long for one transaction."""
    freezing.draw(edition_id=UUID(edition_id), by=SYSTEM)
