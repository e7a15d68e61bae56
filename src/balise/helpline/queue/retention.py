"""What is deleted of the queue, and when. The figures stay."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.helpline.queue.models import Danger, Item
from balise.helpline.queue.queries import dangers

_KEPT = timedelta(days=30)


def items_due(at: datetime) -> QuerySet[Item]:
    """Return what left the queue a month ago, but for those whose danger is on."""
    return Item.objects.filter(ended_at__lte=at - _KEPT).exclude(id__in=dangers.items_on())


def dangers_due(at: datetime) -> QuerySet[Danger]:
    """Return the dangers that were over a month ago; never one that is on, or is to be read."""
    return Danger.objects.filter(ended_at__lte=at - _KEPT).exclude(dangers.UNREAD)


RULES = (
    Rule(
        name="helpline.queue",
        forgets=Item,
        says=_("The fact that someone waited, and who they talked to, is deleted after one month."),
        due=items_due,
        erase=deleted(Item),
    ),
    Rule(
        name="helpline.dangers",
        forgets=Danger,
        says=_("The immediate-danger checklist is deleted one month after the danger is over."),
        due=dangers_due,
        erase=deleted(Danger),
    ),
)
