"""Letters to send, letters received, and nonces."""

from typing import Self

from django.db import models
from django.db.models import Q, QuerySet

from balise.foundation.locking import Identified
from balise.takedown.onward.exchange.models.peers import Peer
from balise.takedown.onward.exchange.models.transfers import Transfer


class Letter(Identified):
    """A letter of ours: it waits here until the other hotline has acknowledged it."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="letters")
    line = models.CharField(max_length=20)
    sealed = models.BinaryField()
    # As it travels, and by which of our keys to which of theirs. Made at the first attempt.
    envelope = models.BinaryField(default=b"")
    sender = models.CharField(max_length=32, blank=True)
    recipient = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    # When to try again; empty once it is delivered or given up.
    next_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("next_at",), name="letters_due", condition=Q(next_at__isnull=False)
            ),
        )

    @classmethod
    def given_up(cls) -> QuerySet[Self]:
        """Return the letters that have not arrived and are not tried any more."""
        return cls.objects.filter(delivered_at__isnull=True, next_at__isnull=True)


class Arrival(Identified):
    """A letter of another hotline: stored as it came until a worker reads it."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="arrivals")
    letter = models.UUIDField()
    envelope = models.BinaryField()
    arrived_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    is_readable = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("arrived_at",), name="arrivals_unread", condition=Q(read_at__isnull=True)
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("peer", "letter"), name="a_letter_arrives_once"),
        )


class Nonce(models.Model):
    """What a signed request said only once; a request that repeats it is refused."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="+", db_index=False)
    nonce = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("peer", "nonce"), name="a_nonce_is_taken_once"),
        )
