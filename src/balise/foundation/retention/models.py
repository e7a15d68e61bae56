"""What the nightly forgetting did, or why it refused to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a run ended."""

    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("a rule failed")
    REFUSED = "refused", _("refused: the server time jumped")


class Run(models.Model):
    """One run over all rules."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    # The journal as this run found it; the next one looks for leaps of the clock from here on.
    entry = models.BigIntegerField(default=0)
    jumped_from = models.DateTimeField(null=True)
    jumped_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=("-started_at",), name="retention_run_by_time")]

    @property
    def is_refused(self) -> bool:
        return self.outcome == Outcome.REFUSED

    @property
    def count(self) -> int:
        """How many records the rules erased together."""
        return sum(one.count for one in self.applied.all())


class Applied(models.Model):
    """What one rule came to in one run."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="applied")
    rule = models.CharField(max_length=80)
    line = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("run", "rule"), name="a_rule_is_applied_once_a_run"),
        ]
