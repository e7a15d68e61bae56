"""Working groups: their members as roles, their meetings, the interests that members declared."""

from django.db import models
from django.db.models import F, Q

from balise.awareness.partnership.partners.rules.advice import RecommendationState, Votes
from balise.awareness.partnership.partners.rules.days import Known, Precision
from balise.awareness.partnership.partners.rules.groups import Band, GroupKind
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable

# Organisations, the mandates held in them, the agreements signed with them: nothing personal.


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


LINE = "awareness"
NAME = "network_partners.member.sealed"
INTEREST = "network_partners.interest.sealed"


class Group(Lockable):
    """A working group of experts, a youth panel, or a dialogue with industry."""

    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=160, unique=True)
    mandate = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)  # its last day

    of_kind = Coded(GroupKind, "kind")

    class Meta:
        ordering = ("until", "name")
        constraints = (
            models.CheckConstraint(
                name="group_is_of_a_kind_we_know", condition=Q(kind__in=GroupKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.name


class Member(Lockable):
    """A seat of a group: a role, of an organisation if any. The name is encrypted.

    `public_name` has it as well, and only with their consent, which they may withdraw.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    role = models.CharField(max_length=120)
    sealed = models.BinaryField()
    public_name = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("since", "role")

    def __str__(self) -> str:
        return self.role


class Interest(Lockable):
    """An interest that a member declared, encrypted; each has a key of its own."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="interests")
    noted_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ("noted_at",)

    def __str__(self) -> str:
        return str(self.id)


class Seats(Lockable):
    """Young people of a panel by their structure and their ages: a number, and nobody's name."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="seats")
    structure = models.UUIDField()
    band = models.CharField(max_length=6)
    heads = models.PositiveSmallIntegerField()

    of_band = Coded(Band, "band")

    class Meta:
        ordering = ("structure", "band")
        verbose_name_plural = "seats"
        constraints = (
            models.UniqueConstraint(
                fields=("group", "structure", "band"), name="one_number_of_seats"
            ),
        )

    def __str__(self) -> str:
        return f"{self.band} {self.heads}"


class Meeting(Lockable):
    """A meeting of a group: its day, its agenda, how many were there."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    day = models.DateField()
    agenda = models.TextField()
    present = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return str(self.day)


# Opinions of a group with their dissent, recommendations to a company with their steps.


class Opinion(Lockable):
    """What a meeting adopted. It is published whole, with votes and dissent, and then stays so."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="opinions")
    meeting = models.ForeignKey(Meeting, models.PROTECT)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    votes_abstained = models.PositiveSmallIntegerField()
    minority = models.TextField(blank=True)
    is_waived = models.BooleanField(default=False)  # those against said that they give no opinion
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-meeting__day", "title")

    def __str__(self) -> str:
        return self.title

    @property
    def votes(self) -> Votes:
        return Votes(self.votes_for, self.votes_against, self.votes_abstained)


class Recommendation(Lockable):
    """What a group asks of a company; its words do not change once it is sent."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="recommendations")
    opinion = models.ForeignKey(Opinion, models.PROTECT, null=True, related_name="recommendations")
    company = models.ForeignKey(Organisation, models.PROTECT)
    language = models.CharField(max_length=10)
    text = models.TextField()
    answer_by = models.DateField()  # the last day for an answer
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Step(Lockable):
    """What became of a recommendation, day by day; nothing of it is changed or removed."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10)
    day = models.DateField()
    words = models.TextField(blank=True)
    noted_at = models.DateTimeField()

    stands = Coded(RecommendationState, "state")

    class Meta:
        ordering = ("noted_at",)
        constraints = (
            models.CheckConstraint(
                name="step_is_of_a_state_we_know", condition=Q(state__in=RecommendationState.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.day}"
