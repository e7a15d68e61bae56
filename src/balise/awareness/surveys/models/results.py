"""Results as they were published, and what the next edition is compared with."""

from django.db import models

from balise.awareness.surveys.models.asking import Survey
from balise.foundation.locking import Identified


class Edition(Identified):
    """An edition of a survey's results; it never changes.

    `told` is what everyone reads (`rules.results`), of `wording` and those before it. `left` holds
    the numbers of people that it tells, small ones withheld, for no later edition to tell of few by
    its difference; the public door does not read it.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    wording = models.PositiveSmallIntegerField()  # number of the newest version
    published_on = models.DateField()
    told = models.JSONField()
    left = models.JSONField()

    class Meta:
        ordering = ("survey", "-number")
        constraints = [
            models.UniqueConstraint(fields=("survey", "number"), name="one_edition_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"
