"""Contents that went to another hotline, or came from one."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified
from balise.takedown.onward.exchange.events import TransferMoved
from balise.takedown.onward.exchange.models.peers import Peer
from balise.takedown.onward.exchange.rules.words import (
    OPEN,
    Direction,
    Fault,
    Outcome,
    Reason,
    TransferState,
)

_NOBODY = UUID(int=0)


class Transfer(Identified):
    """One content transferred between two hotlines; `number` is the sender's, at both ends."""

    direction = models.CharField(max_length=3)
    number = models.UUIDField()
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="transfers")
    line = models.CharField(max_length=20, blank=True)
    subject = models.UUIDField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    by = models.CharField(max_length=60, blank=True)

    state = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=16, blank=True)
    fault = models.CharField(max_length=24, blank=True)
    # How many answers were sent or received: an older one changes nothing.
    turn = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    goes = Coded(Direction, "direction")
    stands = Coded(TransferState, "state")
    came_of_it = Coded(Outcome, "outcome")
    turned_away_for = Coded(Reason, "reason")
    hindered_by = Coded(Fault, "fault")

    class Meta:
        ordering = ("-begun_at", "id")
        indexes = (
            models.Index(fields=("line", "subject"), name="transfers_about"),
            models.Index(fields=("direction", "state", "-moved_at"), name="transfers_by_state"),
            models.Index(fields=("closed_at",), name="transfers_closed"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("peer", "direction", "number"), name="one_transfer_of_a_number"
            ),
            models.UniqueConstraint(
                fields=("peer", "line", "subject"),
                condition=Q(direction="out", state__in=(*sorted(OPEN), "failed")),
                name="one_open_transfer_of_a_content_to_a_hotline",
            ),
            models.CheckConstraint(
                name="transfer_is_closed_once_it_ends",
                condition=Q(state__in=("refused", "closed", "withdrawn"), closed_at__isnull=False)
                | Q(state__in=(*sorted(OPEN), "failed"), closed_at__isnull=True),
            ),
        )

    @classmethod
    def locked(cls, **of: object) -> Self | None:
        """Return a transfer with its hotline, locked until the open transaction ends, or None."""
        found = cls.objects.select_for_update(of=("self",)).select_related("peer")
        return found.filter(**of).first()

    @property
    def moved(self) -> TransferMoved:
        """The event that it has reached its state."""
        return TransferMoved(
            subject=self.id,
            for_line=Code(self.line),
            content=self.subject or _NOBODY,
            peer=self.peer_id,
            direction=self.goes,
            country=Code(self.country),
            state=self.stands,
            outcome=self.came_of_it,
            reason=self.turned_away_for,
            fault=self.hindered_by,
        )
