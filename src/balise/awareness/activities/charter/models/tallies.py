"""How many families did something on a day, and chose or kept a rule, where they say yes.

`band` is that of the children, or `several`: a family stands in one row of a thing.
"""

from django.db import models

from balise.awareness.activities.charter.rules.picks import Of, What
from balise.foundation.statistics.tallies import DayTally


class CharterTally(DayTally):
    """Charters started, finished and reopened."""

    what = models.CharField(max_length=8, choices=What)
    band = models.CharField(max_length=8)

    class Meta:
        verbose_name_plural = "charter tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "what", "band"), name="one_tally_of_charters_a_day"
            ),
        )


class RuleTally(DayTally):
    """Rules of the bank chosen, and kept."""

    of = models.CharField(max_length=8, choices=Of)
    practice = models.CharField(max_length=60)
    band = models.CharField(max_length=8)

    class Meta:
        verbose_name_plural = "rule tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "of", "practice", "band"), name="one_tally_of_a_rule_a_day"
            ),
        )
