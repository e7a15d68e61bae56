"""Versions of quizzes that the centre wrote, answers that wait for their pair, tallies of days."""

from django.db import models

from balise.awareness.activities.quizzes.rules import Audience, What
from balise.foundation.encryption.words import OpenedByWords
from balise.foundation.locking import Identified, Lockable
from balise.foundation.statistics.tallies import Counted, SummedTally

LINE = "awareness"


class Quiz(Lockable):
    """A quiz by its code; one of the country's pack has a row once the centre changed it.

    `public` is the version that everyone sees; without one it is the pack's, unless `withdrawn`.
    """

    code = models.SlugField(max_length=40, unique=True)
    public = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "quizzes"


class Version(Identified):
    """A wording of a quiz, whole and for good: another one is another version.

    `told` is what `rules.quizzes` reads.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="versions")
    nth = models.IntegerField()
    told = models.JSONField()
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-nth",)
        constraints = (
            models.UniqueConstraint(fields=("quiz", "nth"), name="one_version_of_a_number"),
        )


class Pair(OpenedByWords):
    """Answers before a session that wait for those after, under six words; deleted when counted.

    `right` is how many answers were right; no answer and no person.
    """

    words_of = (LINE, "quizzes.words")
    quiz = models.CharField(max_length=40)
    mark = models.CharField(max_length=8)
    right = models.SmallIntegerField()
    at = models.DateTimeField(db_index=True)


class Once(Counted):
    """That the end of a path is counted; the mark is not the path's id."""

    class Meta:
        verbose_name_plural = "counted once"


class DayTally(SummedTally):
    """How often something was done with a quiz on a day; of the gain, `total` is answers gained."""

    quiz = models.CharField(max_length=40)
    audience = models.CharField(max_length=8, choices=Audience)
    what = models.CharField(max_length=8, choices=What)

    class Meta:
        verbose_name_plural = "day tallies"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "quiz", "audience", "what"), name="one_quiz_tally_a_day"
            ),
        )
