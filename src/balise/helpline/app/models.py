"""Uses of the app by day, where the young person says yes; sites that show our button."""

from django.db import models

from balise.foundation.locking import Lockable
from balise.foundation.statistics.tallies import DayTally
from balise.helpline.app.rules.sites import LONGEST_ADDRESS, LONGEST_NAME
from balise.helpline.app.rules.uses import AppUseKind


class UseTally(DayTally):
    """Uses of a kind on a day; `platform` is the code of a pressed button's platform."""

    kind = models.CharField(max_length=10, choices=AppUseKind)
    platform = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "use tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "kind", "platform"), name="one_tally_of_the_app_a_day"
            ),
        )


class ButtonSite(Lockable):
    """A site that shows our button. All of it is public."""

    name = models.CharField(max_length=LONGEST_NAME)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    platform = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="button_site_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class SignedSites(models.Model):
    """The list of sites as it was last signed: the exact bytes, for what holds no key to sign."""

    document = models.TextField()
    key = models.CharField(max_length=60)
    signature = models.CharField(max_length=120)  # base64

    class Meta:
        verbose_name_plural = "signed sites"
