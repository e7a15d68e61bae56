"""Day tallies, which name nobody, and short links."""

from uuid import uuid4

from django.db import models


class DayTally(models.Model):
    """How often a thing was used in one way, on one day of the centre's zone.

    A row of the kind `rules.words.LOST` says how many uses of its day could not be held.
    """

    day = models.DateField()
    kind = models.CharField(max_length=10)
    thing = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, blank=True)
    campaign = models.CharField(max_length=40, blank=True)
    count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "day tallies"
        constraints = [
            models.UniqueConstraint(
                fields=("day", "kind", "thing", "language", "campaign"),
                name="one_use_tally_a_day",
            ),
        ]


class ToldTally(models.Model):
    """How many uses of a day and a kind the journal was told of."""

    day = models.DateField()
    kind = models.CharField(max_length=10)
    count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "told tallies"
        constraints = [
            models.UniqueConstraint(fields=("day", "kind"), name="one_told_tally_a_day"),
        ]


class ShortLink(models.Model):
    """A short address that leads to a public page of ours; `thing` is the key of that page."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    path = models.CharField(max_length=310)
    thing = models.CharField(max_length=80, blank=True)
    campaign = models.CharField(max_length=40, blank=True)
    owner = models.CharField(max_length=40)  # the key of who opened it
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code
