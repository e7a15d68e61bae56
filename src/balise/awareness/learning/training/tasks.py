"""What comes round: days are told, badges are signed, and the list of revoked ones each night."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from balise.awareness.learning.training import actions
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily


@job()
def tell_days() -> None:
    """Tell the journal what the module counted on days that are over."""
    actions.tell_days(by=SYSTEM)


@job(outside=True, lane=Lane.HOUSE)
def sign_badge(badge_id: str) -> None:
    """Sign a badge that someone asked for."""
    actions.give(badge_ids=[UUID(badge_id)], by=SYSTEM)


@job(outside=True, lane=Lane.HOUSE)
def sign_standing() -> None:
    """Sign the public list of revoked badges, valid for a week."""
    actions.sign_standing(by=SYSTEM)


def sign_asked(entries: Sequence[Entry]) -> None:
    """Hear that badges are asked for."""
    for entry in entries:
        sign_badge.later(badge_id=entry.subject)


def sign_revoked(_entries: Sequence[Entry]) -> None:
    """Hear that a badge is revoked."""
    sign_standing.later()


SCHEDULE = (Daily(time(0, 20), tell_days), Daily(time(3, 40), sign_standing))
