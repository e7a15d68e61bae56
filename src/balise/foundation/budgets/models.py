"""What was stored today, by names that nobody can read, and what is stored in all."""

from django.db import models


class Day(models.Model):
    """The key under which neighbourhoods have a name on one day; both go with the day."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)


class Spending(models.Model):
    """The octets that one neighbourhood, or one person, sent to one budget on one day."""

    id = models.UUIDField(primary_key=True, editable=False)  # its name: a hash under the day's key
    day = models.DateField(db_index=True)
    budget = models.CharField(max_length=80)
    octets = models.BigIntegerField()


class Stock(models.Model):
    """What was stored in all when it was measured, and what was sent since."""

    budget = models.CharField(max_length=80, primary_key=True)
    measured = models.BigIntegerField(default=0)
    measured_at = models.DateTimeField(null=True)
    since = models.BigIntegerField(default=0)
