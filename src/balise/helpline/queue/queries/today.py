"""The day so far, from what happened: calls and chats that were answered, and that left first."""

from datetime import timedelta

from django.utils.timezone import localtime

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.queue import access
from balise.helpline.queue.events import ItemWithdrawn
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import LIVE, ItemState, Reason
from balise.helpline.queue.rules.today import Served, served


def today(*, within: timedelta, seen_by: Actor) -> Served:
    """Return how those who came since midnight, in the centre's zone, were served so far.

    Who still waits is in neither number. Who was blocked, or went on through another channel, has
    not left.
    """
    access.require(seen_by, access.READ)
    midnight = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    came = Item.objects.filter(kind__in=LIVE, queued_at__gte=midnight)
    answered = came.exclude(first_held_at=None).values_list("queued_at", "first_held_at")
    gone = came.filter(state=ItemState.WITHDRAWN, first_held_at=None).values_list("id", flat=True)
    told = Entry.objects.filter(event=ItemWithdrawn.name, subject__in=list(gone))
    left = sum(one.facts["reason"] == Reason.LEFT for one in told)
    waits = [held - queued for queued, held in answered if held]
    return served(waits, left=left, within=within)
