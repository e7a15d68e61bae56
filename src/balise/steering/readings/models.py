"""Things that are followed, and their readings. Nothing here names a private person."""

from django.db import models
from django.db.models import F, Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import Identified, Lockable
from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.readings.rules.judging import LONGEST, Network, Series, Thing, Why


class Followed(Lockable):
    """A thing that others count something of. Its kind and code never change."""

    code = models.CharField(max_length=LONGEST, unique=True)
    kind = models.CharField(max_length=10)
    network = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=500, blank=True)
    until = models.DateField(null=True)

    is_a = Coded(Thing, "kind")
    is_on = CodedIfAny(Network, "network")

    class Meta:
        ordering = ("kind", "name", "code")
        constraints = (
            models.CheckConstraint(
                name="followed_is_of_a_kind_we_know", condition=Q(kind__in=Thing.values)
            ),
        )

    def __str__(self) -> str:
        return self.code


class Reading(Identified):
    """A number as it was entered. It is never changed: a correction is a reading that replaces it.

    `since` is the first of its days, for what is counted over days. `stands` is no more where it
    was replaced or withdrawn.
    """

    followed = models.ForeignKey(Followed, models.PROTECT, related_name="readings")
    series = models.CharField(max_length=30)
    since = models.DateField(null=True)
    day = models.DateField()
    value = models.BigIntegerField()
    bound = models.CharField(max_length=10, default=Bound.EXACT.value)
    method = models.CharField(max_length=10)
    source = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)
    brought = models.UUIDField(null=True)  # the file it came in
    entered_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    stands = models.BooleanField(default=True)

    is_of = Coded(Series, "series")
    came_by = Coded(Method, "method")
    falls = CodedIfAny(Why, "why")

    class Meta:
        ordering = ("-day", "-recorded_at")
        constraints = (
            models.UniqueConstraint(
                name="reading_stands_once",
                fields=("followed", "series", "day"),
                condition=Q(stands=True, since=None),
            ),
            models.UniqueConstraint(
                name="reading_of_days_stands_once",
                fields=("followed", "series", "since", "day"),
                condition=Q(stands=True, since__isnull=False),
            ),
            models.CheckConstraint(
                name="reading_is_of_a_series_we_know", condition=Q(series__in=Series.values)
            ),
            models.CheckConstraint(
                name="reading_ends_after_it_begins",
                condition=Q(since=None) | Q(day__gte=F("since")),
            ),
            models.CheckConstraint(name="reading_counts_from_zero", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="reading_withdrawn_stands_no_more",
                condition=Q(withdrawn_at=None) | Q(stands=False),
            ),
        )
        indexes = (models.Index(name="reading_by_day", fields=("series", "followed", "-day")),)

    def __str__(self) -> str:
        return f"{self.series} {self.day}"
