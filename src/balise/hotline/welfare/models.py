"""Each analyst's days of looking, in sums; and their preferences. No content is stored."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified
from balise.hotline.welfare.rules import SoFar


class Shift(Identified):
    """One person's day. What they look at now is kept until they look at something else."""

    account = models.UUIDField()
    day = models.DateField()
    weighed = models.PositiveIntegerField(default=0)
    breaks = models.PositiveSmallIntegerField(default=0)
    stretch_began_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    break_ends_at = models.DateTimeField(null=True, blank=True)
    rested_at = models.DateTimeField(null=True, blank=True)
    content = models.UUIDField(null=True, blank=True)
    severity = models.CharField(max_length=60, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "day"), name="one_shift_a_day"),
            models.CheckConstraint(
                name="who_looks_has_begun_a_stretch",
                condition=Q(looked_at__isnull=True) | Q(stretch_began_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=("day",), name="shifts_by_day"),
            models.Index(
                fields=("day",), name="shifts_uncounted", condition=Q(counted_at__isnull=True)
            ),
        )

    @property
    def so_far(self) -> SoFar:
        return SoFar(
            weighed=self.weighed,
            breaks=self.breaks,
            stretch_began_at=self.stretch_began_at,
            looked_at=self.looked_at,
            break_ends_at=self.break_ends_at,
            rested_at=self.rested_at,
        )

    def put(self, so_far: SoFar) -> None:
        """Copy the day of the rules into this row; the caller saves."""
        self.weighed = so_far.weighed
        self.breaks = so_far.breaks
        self.stretch_began_at = so_far.stretch_began_at
        self.looked_at = so_far.looked_at
        self.break_ends_at = so_far.break_ends_at
        self.rested_at = so_far.rested_at


class Exposure(models.Model):
    """What one day held of one severity."""

    id: models.BigAutoField[int, int]
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="exposures")
    severity = models.CharField(max_length=60)
    seconds = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("shift", "severity"), name="one_sum_for_a_severity"),
        )


class Preference(models.Model):
    """Someone's preferences for looking, and limits of their own, lower than the centre's."""

    account = models.UUIDField(primary_key=True)
    blur = models.BooleanField(default=True)
    greyscale = models.BooleanField(default=True)
    mute = models.BooleanField(default=True)
    day_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    stretch_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    stops_at = models.TimeField(null=True, blank=True)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="own_limits_are_some_time",
                condition=(Q(day_minutes__isnull=True) | Q(day_minutes__gt=0))
                & (Q(stretch_minutes__isnull=True) | Q(stretch_minutes__gt=0)),
            ),
        )
