"""What analysts decided of a content, what they type of it, and what they take back."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified, Lockable
from balise.hotline.reports.rules.words import Confidence, Ground, LookedWhere, LookedWith, Verdict
from balise.takedown.law.naming import NamesLaw

_CONTENT = "hotline_reports.Content"


class Assessment(NamesLaw):
    """What one analyst decided of a content, and why. Kept when another decides otherwise."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    content = models.ForeignKey(_CONTENT, on_delete=models.CASCADE, related_name="assessments")
    by = models.CharField(max_length=36)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    category = models.CharField(max_length=24)
    offence = models.CharField(max_length=40, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    # Empty: given before this was kept.
    ground = models.CharField(max_length=16, choices=Ground, blank=True)
    # When its author looked at the content, where and with what; empty where nobody did.
    seen_at = models.DateTimeField(null=True, blank=True)
    looked_where = models.CharField(max_length=10, choices=LookedWhere, blank=True)
    looked_with = models.CharField(max_length=10, choices=LookedWith, blank=True)
    # When its author opened the encrypted data, before it: an address, no picture.
    opened_at = models.DateTimeField(null=True, blank=True)
    # Its place in its round: 2 is the blind one; 3 decided between two.
    look = models.PositiveSmallIntegerField(default=1)
    # Since when its author is to read that someone reviewed it otherwise; empty once they have.
    differs_since = models.DateTimeField(null=True, blank=True)
    is_final = models.BooleanField()
    sealed = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=("by",), name="differs", condition=Q(differs_since__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("content",),
                name="a_content_has_one_final_assessment",
                condition=Q(is_final=True),
            ),
            models.CheckConstraint(
                name="assessment_is_seen_by_who_looked_alone",
                condition=Q(ground=Ground.LOOKED, seen_at__isnull=False)
                | ~Q(ground=Ground.LOOKED) & Q(seen_at__isnull=True),
            ),
        )


class Correction(Lockable):
    """Someone asks to take back a final verdict; its reason is sealed. One at a time is open."""

    content = models.ForeignKey(_CONTENT, on_delete=models.CASCADE, related_name="corrections")
    verdict = models.CharField(max_length=12, choices=Verdict)
    instead = models.CharField(max_length=12, choices=Verdict)
    sealed = models.BinaryField()
    asked_by = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    ended_by = models.CharField(max_length=36, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("content",),
                name="one_correction_of_a_content_at_a_time",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="correction_is_agreed_by_another_than_who_asked",
                condition=Q(is_agreed=False)
                | Q(ended_at__isnull=False) & ~Q(ended_by=models.F("asked_by")),
            ),
        )


class VerdictDraft(Identified):
    """A verdict as far as it was typed, sealed under a key of its own: one for a content."""

    content = models.OneToOneField(_CONTENT, on_delete=models.CASCADE, related_name="draft")
    author = models.CharField(max_length=36)
    at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()
