"""What is forgotten of those who receive briefings, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.trends.actions import readers
from balise.awareness.network.trends.models import Reader
from balise.foundation.actors import SYSTEM
from balise.foundation.mail import subscribers
from balise.foundation.retention.rules import Rule


def readers_due(at: datetime) -> Iterable[UUID]:
    """Return who confirmed 24 months ago, and who did not within a week."""
    return subscribers.due(Reader, at)


def erase_readers(found: Sequence[UUID]) -> int:
    """Destroy addresses with their keys; return how many."""
    return readers.erase(readers=found, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.readers",
        forgets=Reader,
        says=_(
            "The address of a partner’s contact who receives briefings is deleted when they leave, "
            "or after 24 months; after a week if they did not confirm it."
        ),
        due=readers_due,
        erase=erase_readers,
    ),
)
