"""Figures without persons: how often a measure occurred, by day and codes."""

from django.db import models


class _Cells(models.Model):
    """How often a measure occurred on a day, for one set of codes, and the sum of the amounts.

    `keys` is the sum of the record keys of the units, where a number of the measure is protected.
    """

    measure = models.CharField(max_length=80)
    day = models.DateField()
    codes = models.CharField(max_length=400, blank=True)
    count = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    keys = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class Tally(_Cells):
    """The cells of each day."""

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=("measure", "day", "codes"), name="one_tally_a_day"),
        ]


class MonthTally(_Cells):
    """Those of a whole month, `day` being its first: a period of years reads few rows."""

    class Meta:
        verbose_name_plural = "month tallies"
        constraints = [
            models.UniqueConstraint(fields=("measure", "day", "codes"), name="one_tally_a_month"),
        ]


class LateTally(_Cells):
    """What a tally counts of entries recorded after the day of their fact, by that day.

    The tallies of some days, less what was recorded after a day, are those days as known on it.
    """

    recorded = models.DateField()

    class Meta:
        verbose_name_plural = "late tallies"
        constraints = [
            models.UniqueConstraint(
                fields=("measure", "day", "recorded", "codes"), name="one_late_tally_a_day"
            ),
        ]
        indexes = (models.Index(fields=("measure", "recorded"), name="late_recorded"),)


class LateMonthTally(_Cells):
    """The late tallies of whole months: `day` and `recorded` are the first of theirs."""

    recorded = models.DateField()

    class Meta:
        verbose_name_plural = "late month tallies"
        constraints = [
            models.UniqueConstraint(
                fields=("measure", "day", "recorded", "codes"), name="one_late_tally_a_month"
            ),
        ]


class Counted(models.Model):
    """A measure as it is counted, from the first entry there is; a changed one is counted again.

    `since` is when this centre began to count it, or its first entry where that is older: on the
    days before, no entry could tell of it, and zero means nothing.
    """

    measure = models.CharField(max_length=80, primary_key=True)
    definition = models.CharField(max_length=64)
    since = models.DateTimeField()


class ToldNumber(models.Model):
    """A protected number as it is told: of one value of a table, in a period of the grid.

    None is “fewer than 11”: how many it was stands nowhere.
    """

    table = models.CharField(max_length=160)
    node = models.CharField(max_length=7)
    vintage = models.CharField(max_length=1)
    code = models.CharField(max_length=80)
    number = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("table", "node", "vintage", "code"), name="one_told_number"
            ),
        ]


class UsualDelay(models.Model):
    """Within which bands half and nine in ten of a measure's last cases ended, as of a day.

    It holds two codes and no count, so that the public door may read it, and no tally.
    """

    measure = models.CharField(max_length=80, primary_key=True)
    half = models.CharField(max_length=4)
    most = models.CharField(max_length=4, blank=True)
    on = models.DateField()
