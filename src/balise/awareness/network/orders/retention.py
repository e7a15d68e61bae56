"""When the contact of an order is forgotten; the order and its deliveries stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.awareness.network.orders.actions import ordering
from balise.awareness.network.orders.models import Order
from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule

ENDED: Final = timedelta(days=183)  # time for what comes back, and for a question
ASKED: Final = timedelta(days=365)
_AT_ONCE: Final = 1_000


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return orders that ended six months ago, and those that are not after a year."""
    found = Order.objects.filter(Q(ended_at__lte=at - ENDED) | Q(asked_at__lte=at - ASKED))
    return found.exclude(sealed=b"").values_list("id", flat=True)[:_AT_ONCE]


def forget_contacts(orders: Sequence[UUID]) -> int:
    """Destroy contacts with their keys; return how many."""
    return ordering.forget_contacts(orders=orders, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.kit-orders",
        forgets=Order,
        says=_(
            "The contact of an order of printed kits is deleted six months after its last "
            "delivery or its refusal, a year after it was asked at the latest."
        ),
        due=contacts_due,
        erase=forget_contacts,
    ),
)
