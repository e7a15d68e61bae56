"""What the queue forgets, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.helpline.queue.models import Item

_KEPT = timedelta(days=30)
_AT_ONCE = 1_000


def items_due(at: datetime) -> Iterable[UUID]:
    """Return the items that ended a month ago."""
    ended = Item.objects.filter(ended_at__lte=at - _KEPT).order_by("ended_at")
    return ended.values_list("id", flat=True)[:_AT_ONCE]


def erase_items(item_ids: Sequence[UUID]) -> int:
    """Destroy items; return how many there were."""
    return Item.objects.filter(id__in=item_ids).delete()[0]


RULES = (
    Rule(
        name="helpline.queue",
        forgets=Item,
        line="helpline",
        says=_("The fact that someone waited, and who they talked to, is deleted after one month."),
        due=items_due,
        erase=erase_items,
    ),
)
