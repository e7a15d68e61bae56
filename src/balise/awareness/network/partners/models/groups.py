"""Working groups: their members as roles, their meetings, the interests that members declared."""

from django.db import models
from django.db.models import Q

from balise.awareness.network.partners.models.register import Organisation
from balise.awareness.network.partners.rules.groups import Band, GroupKind
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable

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
