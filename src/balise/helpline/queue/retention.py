"""What is deleted of the queue, and when. The figures stay."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.queue.models import Item

RULES = (
    Rule(
        name="helpline.queue",
        forgets=Item,
        says=_("The fact that someone waited, and who they talked to, is deleted after one month."),
        due=past(Item, "ended_at", timedelta(days=30)),
        erase=deleted(Item),
    ),
)
