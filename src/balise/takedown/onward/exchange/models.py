"""Hotlines of the network and their cards; transfers, and the letters that carry them.

What a letter says is sealed: to the line that wrote it while it waits, to the other hotline while
it travels. Clear columns hold the hotlines and the state.
"""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from balise.foundation.coded import Coded
from balise.foundation.encryption.signatures import FINGERPRINT, PublicPair
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, Lockable
from balise.takedown.onward.exchange.events import IccamMoved, TransferMoved
from balise.takedown.onward.exchange.rules.cards import LONGEST_ADDRESS, LONGEST_NAME, Card
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState, StepKind, StepState
from balise.takedown.onward.exchange.rules.iccam.fields import ActionType
from balise.takedown.onward.exchange.rules.words import (
    OPEN,
    Direction,
    Fault,
    Outcome,
    Reason,
    Standing,
    TransferState,
)

# Contents in ICCAM: what we exported, what was assigned to us, and what we do about them there.


_NOBODY = UUID(int=0)


class IccamCase(Lockable):
    """One content of ours in ICCAM, or of theirs here. The id is our reference there."""

    direction = models.CharField(max_length=3)
    line = models.CharField(max_length=20)
    subject = models.UUIDField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sealed = models.BinaryField(default=b"")
    report = models.BigIntegerField(null=True, blank=True)
    content = models.BigIntegerField(null=True, blank=True, unique=True)

    state = models.CharField(max_length=10)
    fault = models.CharField(max_length=60, blank=True)
    # Set just before ICCAM is spoken to, emptied once it is known what became of it.
    handed_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True, blank=True)

    goes = Coded(Direction, "direction")
    stands = Coded(CaseState, "state")

    class Meta:
        ordering = ("-begun_at", "id")
        indexes = (
            models.Index(
                fields=("next_at",), name="exports_due", condition=Q(next_at__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject"),
                condition=Q(direction="out") & ~Q(state="withdrawn"),
                name="a_content_is_exported_once",
            ),
            models.CheckConstraint(
                name="an_export_has_its_numbers_once_iccam_has_it",
                condition=~Q(state__in=("exported", "taken-in"))
                | Q(content__isnull=False, exported_at__isnull=False),
            ),
        )

    @property
    def moved(self) -> IccamMoved:
        """The event that it has reached its state."""
        return IccamMoved(
            subject=self.id,
            for_line=Code(self.line),
            content=self.subject or _NOBODY,
            direction=self.goes,
            country=Code(self.country),
            state=self.stands,
        )


class IccamStep(Identified):
    """Something to be done about a content in ICCAM: each thing once, in order, when it may."""

    case = models.ForeignKey(IccamCase, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6)
    # What makes it one step: the action's number, the country moved to, "" otherwise.
    what = models.CharField(max_length=10, blank=True)
    reason = models.PositiveSmallIntegerField(null=True, blank=True)
    sealed = models.BinaryField(default=b"")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, default=StepState.WAITING.value)
    fault = models.CharField(max_length=60, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    does = Coded(StepKind, "kind")
    stands = Coded(StepState, "state")

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("next_at",), name="steps_due", condition=Q(next_at__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(fields=("case", "kind", "what"), name="a_step_is_taken_once"),
        )

    @property
    def label(self) -> str:
        """Return what is done, for a person; an action by its name there."""
        what = ActionType(int(self.what)).label if self.does is StepKind.ACT else self.what
        return f"{self.does.label} {what}".strip()


class IccamCursor(models.Model):
    """Up to when a work list of ICCAM's was read whole: moved on only after all of it."""

    name = models.CharField(max_length=40, primary_key=True)
    since = models.DateTimeField()


# Hotlines that run a Balise too, and the cards that two people approved.


_KEY_BYTES = 32


class Peer(Lockable):
    """A hotline at the other end. `serves` are the countries that it answers for, `BE LU`."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    country = models.CharField(max_length=2)
    serves = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(self.serves.split())

    @property
    def standing(self) -> Standing:
        if self.blocked_at is not None:
            return Standing.BLOCKED
        counts = any(card.counts for card in self.cards.all())
        return Standing.OPEN if counts else Standing.WAITING


class PeerCard(Lockable):
    """Where a hotline answers and with which keys. Counts once a second person approved it."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="cards")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    signing = models.BinaryField(max_length=_KEY_BYTES)
    sealing = models.BinaryField(max_length=_KEY_BYTES)
    # The fingerprint of `signing`: what a request says of itself.
    signing_id = models.CharField(max_length=FINGERPRINT, db_index=True)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("signing_id",),
                condition=Q(approved_at__isnull=False, retired_at__isnull=True),
                name="one_card_that_counts_bears_a_key",
            ),
            models.CheckConstraint(
                name="card_is_approved_by_another_than_who_proposed_it",
                condition=Q(approved_at__isnull=True, approved_by="")
                | Q(approved_at__isnull=False) & ~Q(proposed_by=models.F("approved_by")),
            ),
        )

    def __str__(self) -> str:
        return self.signing_id

    @property
    def keys(self) -> PublicPair:
        return PublicPair(bytes(self.signing), bytes(self.sealing))

    @property
    def card(self) -> Card:
        """Return it as the hotline presents itself."""
        peer = self.peer
        return Card(name=peer.name, country=peer.country, address=self.address, keys=self.keys)

    @property
    def counts(self) -> bool:
        """Whether its signatures are believed."""
        return self.approved_at is not None and self.retired_at is None


# Contents that went to another hotline, or came from one.


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


# Letters to send, letters received, and nonces.


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
