"""What changed a series, and what a plan aims at."""

from django.db import models

from balise.foundation.locking import Lockable


class Break(Lockable):
    """A day from which some indicators mean something else, or were changed by something.

    It concerns the indicators it names, and all those of the lines it names.
    """

    on = models.DateField()
    name_fr = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    lines = models.JSONField(default=list)
    indicators = models.JSONField(default=list)

    class Meta:
        ordering = ("on", "name_en")


class Target(Lockable):
    """The number that an objective of a plan sets for an indicator, to reach in a year."""

    indicator = models.CharField(max_length=20)
    plan = models.CharField(max_length=80)
    objective = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("plan", "objective", "year")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "plan", "objective", "year"), name="one_target_a_year"
            ),
        )
