"""What is forgotten of who waits for a kit's next version, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.awareness.publications.actions import following
from balise.awareness.publications.models import Follower
from balise.awareness.publications.rules.kits.following import KEPT, UNCONFIRMED
from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule

_AT_ONCE = 1_000


def followers_due(at: datetime) -> Iterable[UUID]:
    """Return who confirmed 24 months ago, and who did not within a week."""
    found = Follower.objects.filter(
        Q(confirmed_at__lte=at - KEPT) | Q(confirmed_at=None, asked_at__lte=at - UNCONFIRMED)
    )
    return found.values_list("id", flat=True)[:_AT_ONCE]


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
