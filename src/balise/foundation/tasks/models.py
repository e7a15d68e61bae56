"""What the library's queue lacks: workers, schedules, and the jobs that were given up."""

from django.db import models

from balise.foundation.locking import Identified


class Heartbeat(models.Model):
    """A living worker: what it runs goes back to the queue once this row is too old."""

    worker = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()


class ScheduledRun(models.Model):
    """When a scheduled job was last due; the process that moves this on enqueues the job."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()


class DeadLetter(Identified):
    """A job that used up its attempts: its name, the ids it was given and the kind of error."""

    job = models.CharField(max_length=200)
    ids = models.JSONField()
    attempts = models.PositiveIntegerField()
    error = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    enqueued_at = models.DateTimeField()
    died_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("died_at",), name="dead_letter_by_time")]
