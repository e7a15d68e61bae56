"""What the centre changes in its country's bank: each version of a practice, which stays."""

from django.db import models

from balise.foundation.locking import Lockable


class PracticeVersion(Lockable):
    """A practice as the centre wrote it from then on; the last of a code counts.

    `row` is as a pack has it. A withdrawn practice is not offered, and a charter that has it still
    says it.
    """

    practice = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    row = models.JSONField()
    is_withdrawn = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("practice", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "number"), name="one_version_of_a_practice"
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice} {self.number}"
