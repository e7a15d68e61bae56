"""What is forgotten of who asked for challenges, and when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.charter import actions
from balise.awareness.activities.charter.models import Challenged
from balise.awareness.activities.charter.rules.challenges import KEPT
from balise.foundation.actors import SYSTEM
from balise.foundation.mail.subscribers import UNCONFIRMED
from balise.foundation.retention.rules import Rule


def addresses_due(at: datetime) -> QuerySet[Challenged]:
    """Return who did not confirm within a week, and whose six weeks are long over."""
    return Challenged.objects.filter(
        Q(confirmed_at__lte=at - KEPT) | Q(confirmed_at=None, asked_at__lte=at - UNCONFIRMED)
    )


def erase_addresses(addresses: Sequence[UUID]) -> int:
    """Destroy addresses with their keys; return how many."""
    return actions.erase(addresses=addresses, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.challenged",
        forgets=Challenged,
        says=_(
            "The address for six weekly challenges is deleted after the sixth, at once by a link, "
            "after a week if it was not confirmed, and after 60 days in any case."
        ),
        due=addresses_due,
        erase=erase_addresses,
    ),
)
