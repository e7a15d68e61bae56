"""What is watched: the address is sealed to its line, the rest says when to look."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from balise.takedown.watch.rules import MISSES, Pace, Standing, State


class Watched(models.Model):
    """One content that is looked at until it is gone for good; without a next look, it ended."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    sealed = models.BinaryField()
    pace = models.CharField(max_length=8)
    started_at = models.DateTimeField()

    state = models.CharField(max_length=8, default=State.UNKNOWN.value)
    misses = models.PositiveSmallIntegerField(default=0)
    looks_since = models.PositiveSmallIntegerField(default=0)
    first_gone_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # The last answer, for whoever looks into it: never an address.
    last_status = models.CharField(max_length=12, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "watched"
        indexes = (
            models.Index(
                fields=("next_check_at",),
                name="watched_due",
                condition=Q(next_check_at__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("line", "subject"), name="a_content_is_watched_once"),
            models.CheckConstraint(
                name="content_is_gone_after_three_misses",
                condition=~Q(state="gone") | Q(misses__gte=MISSES, first_gone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="watched_is_of_a_state_and_pace_we_know",
                condition=Q(
                    state__in=[each.value for each in State], pace__in=[each.value for each in Pace]
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} ({self.line})"

    @property
    def standing(self) -> Standing:
        return Standing(State(self.state), self.misses, self.looks_since)
