"""Contents in ICCAM: what we exported, what was assigned to us, and what we do about them there."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, Lockable
from balise.takedown.onward.exchange.events import IccamMoved
from balise.takedown.onward.exchange.rules.iccam.conduct import CaseState, StepKind, StepState
from balise.takedown.onward.exchange.rules.iccam.fields import ActionType
from balise.takedown.onward.exchange.rules.words import Direction

_NOBODY = UUID(int=0)


class IccamCase(Lockable):
    """One content of ours in ICCAM, or of theirs here. The id is our reference there."""

    direction = models.CharField(max_length=3)
    line = models.CharField(max_length=20)
    subject = models.UUIDField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sealed = models.BinaryField(default=b"")
    report = models.BigIntegerField(null=True, blank=True)
    content = models.BigIntegerField(null=True, blank=True, unique=True)

    state = models.CharField(max_length=10)
    fault = models.CharField(max_length=60, blank=True)
    # Set just before ICCAM is spoken to, emptied once it is known what became of it.
    handed_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True, blank=True)

    goes = Coded(Direction, "direction")
    stands = Coded(CaseState, "state")

    class Meta:
        ordering = ("-begun_at", "id")
        indexes = (
            models.Index(
                fields=("next_at",), name="exports_due", condition=Q(next_at__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject"),
                condition=Q(direction="out") & ~Q(state="withdrawn"),
                name="a_content_is_exported_once",
            ),
            models.CheckConstraint(
                name="an_export_has_its_numbers_once_iccam_has_it",
                condition=~Q(state__in=("exported", "taken-in"))
                | Q(content__isnull=False, exported_at__isnull=False),
            ),
        )

    @property
    def moved(self) -> IccamMoved:
        """The event that it has reached its state."""
        return IccamMoved(
            subject=self.id,
            for_line=Code(self.line),
            content=self.subject or _NOBODY,
            direction=self.goes,
            country=Code(self.country),
            state=self.stands,
        )


class IccamStep(Identified):
    """Something to be done about a content in ICCAM: each thing once, in order, when it may."""

    case = models.ForeignKey(IccamCase, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6)
    # What makes it one step: the action's number, the country moved to, "" otherwise.
    what = models.CharField(max_length=10, blank=True)
    reason = models.PositiveSmallIntegerField(null=True, blank=True)
    sealed = models.BinaryField(default=b"")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, default=StepState.WAITING.value)
    fault = models.CharField(max_length=60, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    does = Coded(StepKind, "kind")
    stands = Coded(StepState, "state")

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("next_at",), name="steps_due", condition=Q(next_at__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(fields=("case", "kind", "what"), name="a_step_is_taken_once"),
        )

    @property
    def label(self) -> str:
        """Return what is done, for a person; an action by its name there."""
        what = ActionType(int(self.what)).label if self.does is StepKind.ACT else self.what
        return f"{self.does.label} {what}".strip()


class IccamCursor(models.Model):
    """Up to when a work list of ICCAM's was read whole: moved on only after all of it."""

    name = models.CharField(max_length=40, primary_key=True)
    since = models.DateTimeField()
