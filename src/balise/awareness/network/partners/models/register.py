"""Organisations, the mandates held in them, the agreements signed with them: nothing personal."""

from django.db import models
from django.db.models import F, Q

from balise.awareness.network.partners.rules.days import Known, Precision
from balise.awareness.network.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable


class Organisation(Lockable):
    """An organisation that the centre works with, is supported by, or is a member of."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=12)
    sector = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    web = models.CharField(max_length=200, blank=True)
    founded = models.PositiveSmallIntegerField(null=True)  # a year
    is_shown = models.BooleanField(default=True)  # on the public page
    added_at = models.DateTimeField()

    stands = Coded(PartnerKind, "kind")
    of_sector = Coded(Sector, "sector")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(name="partner_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="partner_is_of_a_kind_we_know", condition=Q(kind__in=PartnerKind.values)
            ),
            models.CheckConstraint(
                name="partner_is_of_a_sector_we_know", condition=Q(sector__in=Sector.values)
            ),
        )

    def __str__(self) -> str:
        return self.name


class Mandate(Lockable):
    """What someone holds in an organisation, from one day to another, both included.

    Held by another organisation, or by a country (the members of a network); by the centre itself
    where it is neither. A day known to its year or month is stored as the first day it may be for
    `since`, the last for `until`.
    """

    within = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=16)
    holder = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="held")
    country = models.CharField(max_length=2, blank=True)
    since = models.DateField()
    since_precision = models.CharField(max_length=5)
    until = models.DateField(null=True)
    until_precision = models.CharField(max_length=5, blank=True)

    of_role = Coded(Role, "role")

    class Meta:
        ordering = ("-since", "country")
        constraints = (
            models.CheckConstraint(
                name="mandate_is_of_a_role_we_know", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="mandate_has_one_holder", condition=Q(holder__isnull=True) | Q(country="")
            ),
            models.CheckConstraint(
                name="mandate_of_another",
                condition=Q(holder__isnull=True) | ~Q(holder=F("within")),
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.since}"

    @property
    def begins(self) -> Known:
        return Known(self.since, Precision(self.since_precision))

    @property
    def ends(self) -> Known | None:
        if self.until is None:
            return None
        return Known(self.until, Precision(self.until_precision))


class Agreement(Lockable):
    """What was signed with an organisation, and when its renewal is to be prepared."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=12)
    signed = models.DateField()
    until = models.DateField(null=True)  # its last day
    renew_by = models.DateField(null=True)

    of_kind = Coded(AgreementKind, "kind")

    class Meta:
        ordering = ("-signed",)
        constraints = (
            models.CheckConstraint(
                name="agreement_is_of_a_kind_we_know", condition=Q(kind__in=AgreementKind.values)
            ),
            models.CheckConstraint(
                name="agreement_ends_after_it_is_signed",
                condition=Q(until__isnull=True) | Q(until__gte=F("signed")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.signed}"
