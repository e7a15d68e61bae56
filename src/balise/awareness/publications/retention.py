"""What is forgotten of who waits for a kit's next version, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.awareness.publications.actions import following
from balise.awareness.publications.models import Follower
from balise.foundation.actors import SYSTEM
from balise.foundation.mail import subscribers
from balise.foundation.retention.rules import Rule


def followers_due(at: datetime) -> Iterable[UUID]:
    """Return who confirmed 24 months ago, and who did not within a week."""
    return subscribers.due(Follower, at)


def erase_followers(followers: Sequence[UUID]) -> int:
    """Destroy addresses with their keys; return how many."""
    return following.erase(followers=followers, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.followers",
        forgets=Follower,
        says=_(
            "The address of someone who waits for a kit’s next version is deleted when they leave, "
            "or after 24 months; after a week if they did not confirm it."
        ),
        due=followers_due,
        erase=erase_followers,
    ),
)
