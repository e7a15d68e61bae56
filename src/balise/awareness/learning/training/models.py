"""Paths kept under six words, tallies of days, badges, and the public list of revoked ones."""

from django.db import models
from django.db.models import Q

from balise.awareness.learning.training.rules.words import Way, What, Why
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.encryption.words import OpenedByWords
from balise.foundation.locking import Lockable
from balise.foundation.statistics.tallies import Counted, SummedTally

LINE = "awareness"
PLACES = 131_072  # of a list: the fewest that Bitstring Status List 1.0 allows


class KeptPath(OpenedByWords):
    """A way through the module that six words open.

    `told` is what `rules.paths` writes: codes of questions and letters of answers.
    """

    words_of = (LINE, "training.words")
    told = models.JSONField()
    changed_at = models.DateTimeField(db_index=True)


class Once(Counted):
    """That something of a path is counted; the mark is not the path's id."""

    class Meta:
        verbose_name_plural = "counted once"


class DayTally(SummedTally):
    """How many paths did something on a day; of the gain, `total` is the sum of answers gained."""

    what = models.CharField(max_length=8, choices=What)

    class Meta:
        verbose_name_plural = "day tallies"
        constraints = (
            models.UniqueConstraint(fields=("day", "what"), name="one_module_tally_a_day"),
        )


class Badge(Lockable):
    """A badge, of nobody who is known here: its holder has the file.

    `place` is its bit in the public list. It is asked for, then signed (`given_at`), and perhaps
    revoked; `document` is the signed credential, as JSON.
    """

    course = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    audience = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=7, choices=Way)
    place = models.IntegerField(unique=True)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True, db_index=True)
    document = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_for = models.CharField(max_length=7, choices=Why, blank=True)

    earned = Coded(Way, "way")
    revoked_why = CodedIfAny(Why, "revoked_for")

    class Meta:
        indexes = (models.Index(fields=("-asked_at",), name="badges_by_day"),)
        constraints = (
            models.CheckConstraint(
                name="badge_has_a_place", condition=Q(place__gte=0, place__lt=PLACES)
            ),
            models.CheckConstraint(
                name="badge_given_is_signed_and_ends",
                condition=Q(given_at__isnull=True, until__isnull=True, document="")
                | Q(given_at__isnull=False, until__isnull=False) & ~Q(document=""),
            ),
            models.CheckConstraint(
                name="badge_is_revoked_for_a_reason",
                condition=Q(revoked_at__isnull=True, revoked_for="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_for=""),
            ),
        )


class Standing(models.Model):
    """The signed public list that says which badges are revoked; there is one row."""

    document = models.TextField()
    signed_at = models.DateTimeField()
