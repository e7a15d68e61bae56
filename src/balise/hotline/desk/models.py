"""What a partner's people prepare, until it is a report; and which reports are processed.

The cells of a draft are sealed to the hotline under their batch's key; of a draft that was sent,
only where it was is kept beside the report that it became.
"""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Identified, Lockable
from balise.hotline.desk.rules.words import DraftState
from balise.hotline.reports.rules.completeness import WHOLE

LINE = "hotline"
KEY_BYTES = 16


class Batch(Identified):
    """Lines that came together: one from the form, or those of a file."""

    partner = models.UUIDField()
    form = models.CharField(max_length=4)
    made_by = models.CharField(max_length=36)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "batches"
        indexes = (
            models.Index(fields=("partner", "-made_at"), name="batches_of_partner"),
            models.Index(fields=("changed_at",), name="batches_left"),
        )


class Draft(Lockable):
    """One report that is being prepared; `number` is its line in the file."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="drafts")
    partner = models.UUIDField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=DraftState)
    sealed = models.BinaryField(default=b"")
    # Of what it says, within the partner: the same words again are recognised.
    said_key = models.BinaryField(max_length=KEY_BYTES, default=b"")
    score = models.PositiveSmallIntegerField(default=0)
    missing = models.JSONField(default=list)
    # The line of its batch that says the same, and comes first.
    same_as = models.PositiveIntegerField(null=True, blank=True)
    report = models.UUIDField(null=True, blank=True)
    # How many of its contents the hotline knew already, from anyone.
    known_count = models.PositiveSmallIntegerField(default=0)
    sent_by = models.CharField(max_length=36, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    stands = Coded(DraftState, "state")

    class Meta:
        indexes = (
            models.Index(fields=("partner", "state"), name="drafts_of_partner"),
            models.Index(
                fields=("partner", "said_key"),
                name="drafts_sent",
                condition=Q(state="sent"),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="batch_has_each_line_once"),
            models.CheckConstraint(
                name="draft_became_a_report_when_it_was_sent",
                condition=Q(state="sent", report__isnull=False, sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="draft_is_complete_to_a_hundred_at_most", condition=Q(score__lte=WHOLE)
            ),
            models.CheckConstraint(
                name="draft_is_the_same_as_a_line",
                condition=Q(state="same", same_as__isnull=False)
                | ~Q(state="same") & Q(same_as__isnull=True),
            ),
        )


class Followed(models.Model):
    """A partner's report, and since when all its contents have their verdict."""

    report = models.OneToOneField(
        "hotline_reports.Report",
        models.CASCADE,
        primary_key=True,
        related_name="followed_by_partner",
    )
    partner = models.UUIDField()
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "followed"
