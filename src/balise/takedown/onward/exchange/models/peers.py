"""Hotlines that run a Balise too, and the cards that two people approved."""

from django.db import models
from django.db.models import Q

from balise.foundation.encryption.others import FINGERPRINT, PublicPair
from balise.foundation.locking import Lockable
from balise.takedown.onward.exchange.rules.cards import LONGEST_ADDRESS, LONGEST_NAME, Card
from balise.takedown.onward.exchange.rules.words import Standing

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
