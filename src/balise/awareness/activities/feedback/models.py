"""Tallies of days; nothing of who answered."""

from django.db import models

from balise.foundation.statistics.tallies import Counted, DayTally


class Once(Counted):
    """That a form was counted; the mark leads to nothing."""

    class Meta:
        verbose_name_plural = "counted once"


class FeedbackTally(DayTally):
    """How many gave an answer about sessions with a kit, held with people of an age.

    `kit` is the key of the kit's page; `ages`, `question` and `answer` are codes of the pack.
    """

    kit = models.UUIDField()
    ages = models.CharField(max_length=1)
    question = models.CharField(max_length=10)
    answer = models.CharField(max_length=1)

    class Meta:
        verbose_name_plural = "feedback tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "kit", "ages", "question", "answer"), name="one_feedback_tally_a_day"
            ),
        )
