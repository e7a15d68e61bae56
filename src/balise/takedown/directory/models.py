"""Hosts, what is theirs, and where they can be told. All of it is professional, so it is clear."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from balise.takedown.directory.rules import MAX_ADDRESS, ContactKind

KEY_BYTES = 16


class Host(models.Model):
    """Someone who can remove a content: a platform, a hosting provider, a network."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    country = models.CharField(max_length=2, blank=True)
    # The language that their notices are written in: fr, or en for everyone else.
    language = models.CharField(max_length=2, default="en")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(name="host_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="host_is_told_in_a_language_we_write",
                condition=Q(language__in=("fr", "en")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """What is a host's own: a registrable domain (as a blind index) or an autonomous system.

    The domain is blind because an analyst may enter the domain of one reported site: the directory
    must not become a list of what was reported.
    """

    host = models.ForeignKey(Host, models.CASCADE, related_name="holdings")
    domain_key = models.BinaryField(max_length=KEY_BYTES, null=True, unique=True)
    asn = models.PositiveBigIntegerField(null=True, unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="holding_is_a_domain_or_a_network",
                condition=Q(domain_key__isnull=True, asn__isnull=False)
                | Q(domain_key__isnull=False, asn__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"AS{self.asn}" if self.asn is not None else f"a domain of {self.host_id}"


class Contact(models.Model):
    """Where a host can be told. Nothing is sent before a second person approved it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    host = models.ForeignKey(Host, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=4)
    address = models.CharField(max_length=MAX_ADDRESS)
    source = models.CharField(max_length=120)
    checked_on = models.DateField()
    proposed_by = models.CharField(max_length=60, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "address")
        constraints = (
            models.UniqueConstraint(
                fields=("host", "kind", "address"), name="host_has_each_contact_once"
            ),
            models.CheckConstraint(
                name="contact_is_of_a_kind_we_know",
                condition=Q(kind__in=[kind.value for kind in ContactKind]),
            ),
            models.CheckConstraint(
                name="contact_is_approved_by_another_than_who_proposed_it",
                condition=Q(approved_at__isnull=True)
                | Q(proposed_by="")
                | ~Q(proposed_by=models.F("approved_by")),
            ),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def contact_kind(self) -> ContactKind:
        return ContactKind(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether notices may go there."""
        return self.approved_at is not None and self.blocked_at is None
