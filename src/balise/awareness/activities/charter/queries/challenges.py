"""Whom the worker writes to: their address is opened here, for one mail."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from balise.awareness.activities.charter.models import Challenged
from balise.awareness.activities.charter.rules.challenges import MANY, WEEK
from balise.foundation.mail import subscribers


def to_confirm(challenged: UUID) -> Challenged | None:
    """Return whom to ask whether the address is theirs; None where it was asked today."""
    return subscribers.to_confirm(Challenged, challenged)


def to_write(challenged: UUID, *, number: int) -> Challenged | None:
    """Return whom to send a challenge to; None who left, or had it."""
    return subscribers.to_write(Challenged, challenged, number=number)


def due(at: datetime) -> Sequence[tuple[UUID, int]]:
    """Return who has a challenge to receive, with its number; the first when they confirm."""
    found = []
    for sent in range(MANY):
        waiting = Challenged.confirmed(told=sent, confirmed_at__lte=at - sent * WEEK)
        found += [(one, sent + 1) for one in waiting.values_list("id", flat=True)]
    return found
