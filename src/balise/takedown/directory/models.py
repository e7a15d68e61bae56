"""Organisations, their domains and networks, their contact points. All professional, so clear."""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable
from balise.takedown.directory.rules.choosing import Way
from balise.takedown.directory.rules.contacts import (
    LAST_RANK,
    MAX_ADDRESS,
    USUAL_RANK,
    ContactKind,
    LegalBasis,
    OrganisationKind,
    Terms,
)

KEY_BYTES = 16


class Organisation(Lockable):
    """Someone who can remove a content, make another remove it, or has to be told of it."""

    kind = models.CharField(max_length=12, default=OrganisationKind.HOST.value)
    name = models.CharField(max_length=120, unique=True)
    legal_name = models.CharField(max_length=160, blank=True)
    # Where it is established: whose Digital Services Coordinator answers for it.
    country = models.CharField(max_length=2, blank=True)
    # The language that its notices are written in: fr, or en for everyone else.
    language = models.CharField(max_length=2, default="en")
    very_large = models.BooleanField(default=False)
    # Among those that the helpline has its contacts with.
    first_circle = models.BooleanField(default=False)
    max_locations = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(max_length=2_000, blank=True)
    source = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    # Where a pack brought it, and since when it is a person's: a pack no longer changes it.
    pack_key = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001 - many without
    touched_at = models.DateTimeField(null=True, blank=True)

    organisation_kind = Coded(OrganisationKind, "kind")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(name="organisation_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="organisation_is_told_in_a_language_we_write",
                condition=Q(language__in=("fr", "en")),
            ),
            models.CheckConstraint(
                name="organisation_is_of_a_kind_we_know",
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """What is an organisation's own: a registrable domain (a blind index) or an autonomous system.

    The domain is blind because an analyst may enter the domain of one reported site: the directory
    must not become a list of what was reported.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="holdings")
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


class Contact(Lockable):
    """Where an organisation can be told. Nothing is sent before a second person approved it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8)
    address = models.CharField(max_length=MAX_ADDRESS)

    basis = models.CharField(max_length=12, default=LegalBasis.NOTICE.value)
    languages = models.JSONField(default=list, blank=True)
    countries = models.JSONField(default=list, blank=True)
    serves = models.JSONField(default=list, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    acknowledge_minutes = models.PositiveIntegerField(null=True, blank=True)
    decide_minutes = models.PositiveIntegerField(null=True, blank=True)
    needs_account = models.BooleanField(default=False)
    lines = models.JSONField(default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=USUAL_RANK)

    source = models.CharField(max_length=200, blank=True)
    # None: a pack brought it and nobody has confirmed it.
    checked_on = models.DateField(null=True, blank=True)
    proposed_by = models.CharField(max_length=60, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)
    pack_key = models.CharField(max_length=90, null=True, unique=True)  # noqa: DJ001 - many without
    touched_at = models.DateTimeField(null=True, blank=True)

    contact_kind = Coded(ContactKind, "kind")

    class Meta:
        ordering = ("rank", "kind", "address")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "kind", "address"),
                name="organisation_has_each_contact_once",
            ),
            models.CheckConstraint(
                name="contact_is_of_a_kind_we_know",
                condition=Q(kind__in=[kind.value for kind in ContactKind]),
            ),
            models.CheckConstraint(
                name="contact_has_a_legal_basis_we_know",
                condition=Q(basis__in=[basis.value for basis in LegalBasis]),
            ),
            models.CheckConstraint(
                name="contact_has_a_rank", condition=Q(rank__gte=1, rank__lte=LAST_RANK)
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
    def is_open(self) -> bool:
        """Whether notices may go there."""
        return self.approved_at is not None and self.blocked_at is None

    @property
    def terms(self) -> Terms:
        """The terms of a contact point."""
        return Terms(
            basis=LegalBasis(self.basis),
            languages=tuple(self.languages),
            countries=tuple(self.countries),
            serves=tuple(self.serves),
            hours=self.hours,
            acknowledge_minutes=self.acknowledge_minutes,
            decide_minutes=self.decide_minutes,
            needs_account=self.needs_account,
            lines=tuple(self.lines),
            rank=self.rank,
        )

    @property
    def way(self) -> Way:
        """The contact, as the choice between ways sees it."""
        return Way(
            key=self.id,
            kind=self.contact_kind,
            terms=self.terms,
            is_approved=self.approved_at is not None,
            is_blocked=self.blocked_at is not None,
            checked_on=self.checked_on,
        )

    def take_terms(self, terms: Terms) -> tuple[str, ...]:
        """Copy terms, unsaved; return the names of the columns that they fill."""
        self.basis, self.hours = terms.basis.value, terms.hours
        self.languages, self.countries = list(terms.languages), list(terms.countries)
        self.serves, self.lines = list(terms.serves), list(terms.lines)
        self.acknowledge_minutes = terms.acknowledge_minutes
        self.decide_minutes = terms.decide_minutes
        self.needs_account, self.rank = terms.needs_account, terms.rank
        return (
            *("basis", "hours", "languages", "countries", "serves", "lines"),
            *("acknowledge_minutes", "decide_minutes", "needs_account", "rank"),
        )
