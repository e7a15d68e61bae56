"""How often the app was used in one way on a day, where the young person says yes."""

from django.db import models

from balise.foundation.statistics.tallies import DayTally
from balise.helpline.app.rules.uses import Kind


class UseTally(DayTally):
    """Uses of a kind on a day; `platform` is the code of a pressed button's platform."""

    kind = models.CharField(max_length=10, choices=Kind)
    platform = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "use tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "kind", "platform"), name="one_tally_of_the_app_a_day"
            ),
        )
