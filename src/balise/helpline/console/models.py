"""Briefs, each encrypted under its own key; raised hands; queues taken over."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified
from balise.helpline.queue.rules import WaitKind

LINE = "helpline"
BRIEFED = "helpline_console.brief.sealed"


class Brief(Identified):
    """A private word of one listener to the next. Whom it is about never sees it."""

    item = models.UUIDField(db_index=True)
    author = models.CharField(max_length=36)
    at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()


class Hand(Identified):
    """A raised hand: one for each item, until someone comes."""

    item = models.UUIDField()
    account = models.CharField(max_length=36)
    raised_at = models.DateTimeField(db_index=True)
    lowered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item",), condition=Q(lowered_at=None), name="a_hand_is_raised_once"
            ),
        )


class Switchboard(models.Model):
    """A supervisor who takes all that waits of one kind, and passes each on."""

    kind = models.CharField(max_length=9, choices=WaitKind, primary_key=True)
    account = models.CharField(max_length=36)
    since = models.DateTimeField()
