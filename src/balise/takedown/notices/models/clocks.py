"""The parts of a deadline, a hold and an escalation: pauses, and who was told."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Identified, Lockable
from balise.takedown.notices.models.notices import Mailing, Notice
from balise.takedown.notices.rules.clocks import Stop, Why
from balise.takedown.notices.rules.ladder import Rung


class Pause(models.Model):
    """A time in which a notice's clock stood still; without an end it still does."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("began_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("notice",),
                condition=Q(ended_at__isnull=True),
                name="a_clock_stands_still_for_one_reason",
            ),
            models.CheckConstraint(
                name="pause_is_for_a_reason_we_know",
                condition=Q(why__in=[each.value for each in Why]),
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_began",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("began_at")),
            ),
        )

    @property
    def stop(self) -> Stop:
        return Stop(Why(self.why), self.began_at, self.ended_at)


class Hold(Identified):
    """A hold: nothing is sent about a content, or of one notice, until a moment or until lifted."""

    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    notice = models.ForeignKey(
        Notice, models.CASCADE, null=True, blank=True, related_name="own_holds"
    )
    reason = models.CharField(max_length=24)
    asked_by = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (
            models.Index(
                fields=("until",), name="holds_that_last", condition=Q(ended_at__isnull=True)
            ),
            models.Index(fields=("line", "subject"), name="holds_about"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject"),
                condition=Q(ended_at__isnull=True, notice__isnull=True),
                name="a_content_is_held_once",
            ),
            models.UniqueConstraint(
                fields=("notice",),
                condition=Q(ended_at__isnull=True),
                name="a_notice_is_held_once",
            ),
        )

    @classmethod
    def lasting(cls, at: datetime) -> "models.QuerySet[Self]":
        """Return the holds that last at a moment."""
        return cls.objects.filter(ended_at__isnull=True, until__gt=at)


class Introduction(models.Model):
    """An organisation was addressed for the first time: since when it knows what is asked of it."""

    organisation = models.OneToOneField(
        "takedown_directory.Organisation",
        models.CASCADE,
        primary_key=True,
        related_name="introduction",
    )
    informed_at = models.DateTimeField()
    mailing = models.ForeignKey(Mailing, models.SET_NULL, null=True, blank=True)


class KnownRung(models.Model):
    """Whom a content's ladder leads to, where it is known when a notice is written."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="known_rungs")
    rung = models.CharField(max_length=12)
    contact = models.ForeignKey(
        "takedown_directory.Contact", models.CASCADE, related_name="known_on_ladders"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "rung"), name="one_contact_known_on_a_rung"),
        )


class Told(Lockable):
    """Someone told a rung by hand, by the way that it asks for."""

    locked_with = "notice__contact__organisation"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="told")
    rung = models.CharField(max_length=12)
    told_by = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField()
    # They must be told, by the same way, that the notice was cancelled.
    retraction_due_at = models.DateTimeField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)

    on_rung = Coded(Rung, "rung")

    class Meta:
        ordering = ("told_at",)
        verbose_name_plural = "told"
        constraints = (
            models.UniqueConstraint(fields=("notice", "rung"), name="a_rung_is_told_once"),
        )
