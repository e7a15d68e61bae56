"""What comes round: a moment of publication, and the public table after each change."""

from collections.abc import Sequence
from datetime import timedelta

from balise.awareness.publications import actions
from balise.awareness.publications.tasks.kits import make_editions
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every


@job()
def publish_due() -> None:
    """Publish what is due; what a crash left unsettled is settled too."""
    actions.publish_due(by=SYSTEM)
    settle.later()
    make_editions.later()


@job(outside=True, lane=Lane.HOUSE)
def settle() -> None:
    """Draw what changed, for the public door; pictures take long for one transaction."""
    actions.settle(by=SYSTEM)


def settle_changed(_entries: Sequence[Entry]) -> None:
    """Hear that something is public, or is not any more."""
    settle.later()
    make_editions.later()


SCHEDULE = (Every(timedelta(minutes=1), publish_due),)
