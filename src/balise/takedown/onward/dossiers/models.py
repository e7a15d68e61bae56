"""Dossiers and holds. What one says is sealed to the line that it is for; the rest routes, counts
and reminds.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, OfLine
from balise.takedown.law.naming import NamesLaw
from balise.takedown.onward.dossiers.events import AboutDossier
from balise.takedown.onward.dossiers.rules.states import (
    NUMBERED,
    OPEN,
    REACHED_THE_AUTHORITY,
    READ_WITHIN,
    Answer,
    Channel,
    DossierState,
    Failure,
    Refusal,
)


class Numbering(models.Model):
    """The last number of a year. The row is locked while one is given, so none is ever missing."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Dossier(OfLine, NamesLaw):
    """One content told to one authority. The sealed columns are empty once it is forgotten."""

    subject = models.UUIDField()
    authority = models.CharField(max_length=20)
    offence = models.CharField(max_length=40)
    urgent = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    number = models.CharField(max_length=11, blank=True)
    sealed = models.BinaryField()
    # The line that brought it, where it is not the dossier's own; the evidence until it is packed.
    brought_from = models.CharField(max_length=20, blank=True, default="")
    evidence = models.BinaryField(default=b"", blank=True)

    state = models.CharField(max_length=12, default=DossierState.DRAFT.value)
    drafted_by = models.CharField(max_length=60, blank=True)
    drafted_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    # Someone is in danger, and no verdict was given: one person may approve their own words.
    before_verdict = models.BooleanField(default=False)
    is_alone = models.BooleanField(default=False)
    # Who read afterwards what one person had approved alone.
    read_by = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    package = models.BinaryField(default=b"")
    packed_at = models.DateTimeField(null=True, blank=True)
    timestamped_at = models.DateTimeField(null=True, blank=True)
    is_sealed = models.BooleanField(default=False)  # to the authority's key

    channel = models.CharField(max_length=8, blank=True)
    # Set just before a mail is handed to the server, emptied once it is known what became of it.
    mailing_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=24, blank=True)
    handed_over_by = models.CharField(max_length=60, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=16, blank=True)
    refusal = models.CharField(max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The authority's own number and words.
    sealed_reply = models.BinaryField(default=b"")

    stands = Coded(DossierState, "state")
    went_by = CodedIfAny(Channel, "channel")
    was_answered = CodedIfAny(Answer, "answer")
    was_refused_for = CodedIfAny(Refusal, "refusal")
    failed_for = CodedIfAny(Failure, "failure")

    class Meta:
        indexes = (
            models.Index(fields=("line", "subject"), name="dossiers_about"),
            models.Index(fields=("line", "state", "drafted_at"), name="dossiers_listed"),
            models.Index(
                fields=("remind_at",), name="dossiers_due", condition=Q(remind_at__isnull=False)
            ),
            models.Index(fields=("ended_at",), name="dossiers_ended"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                condition=~Q(number=""),
                name="a_number_is_of_one_dossier",
            ),
            models.UniqueConstraint(
                fields=("line", "subject", "authority"),
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_dossier_about_a_content_for_an_authority",
            ),
            models.CheckConstraint(
                name="dossier_has_its_number_once_it_is_approved",
                condition=Q(
                    state__in=sorted(NUMBERED | {DossierState.WITHDRAWN}), approved_at__isnull=False
                )
                & ~Q(number="")
                | Q(state__in=("draft", "withdrawn"), approved_at__isnull=True, number=""),
            ),
            models.CheckConstraint(
                name="dossier_is_approved_by_another_than_who_drafted_it",
                condition=Q(approved_at__isnull=True)
                | Q(drafted_by="")
                | Q(is_alone=True, before_verdict=True, urgent=True)
                | ~Q(drafted_by=models.F("approved_by")),
            ),
            models.CheckConstraint(
                name="dossier_reached_the_authority_packed_and_on_a_way",
                condition=~Q(state__in=sorted(REACHED_THE_AUTHORITY))
                | Q(handed_over_at__isnull=False, packed_at__isnull=False)
                & Q(channel__in=[each.value for each in Channel]),
            ),
            models.CheckConstraint(
                name="dossier_is_answered_or_refused_for_a_reason",
                condition=~Q(state__in=("answered", "refused"))
                | Q(state="answered", answer__in=[each.value for each in Answer])
                | Q(state="refused", refusal__in=[each.value for each in Refusal]),
            ),
        )

    @property
    def about(self) -> AboutDossier:
        """What every fact about it says."""
        return {
            "subject": self.id,
            "content": self.subject,
            "for_line": Code(self.line),
            "authority": Code(self.authority),
            "offence": Code(self.offence),
            "number": Code(self.number),
        }

    @property
    def is_open(self) -> bool:
        """Whether a second dossier about the content would say the same again."""
        return self.stands in OPEN

    @property
    def is_forgotten(self) -> bool:
        return not self.sealed

    @property
    def waits_for_reader(self) -> bool:
        """Whether one person approved it alone, and nobody else has read it."""
        return self.is_alone and self.read_at is None and self.stands is not DossierState.WITHDRAWN

    @property
    def read_before(self) -> datetime | None:
        """By when a second person reads what one approved alone."""
        return self.approved_at + READ_WITHIN if self.approved_at else None

    def is_overdue(self, at: datetime) -> bool:
        """Whether the authority should have said by now that it has it."""
        return self.stands is DossierState.HANDED_OVER and (self.reminders > 0 or self._is_due(at))

    def _is_due(self, at: datetime) -> bool:
        return self.remind_at is not None and self.remind_at <= at


class Hold(Identified):
    """An authority asks that the host of a content is not told before a day."""

    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    authority = models.CharField(max_length=20)
    until = models.DateField()
    asked_by = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("until",), name="holds_open", condition=Q(lifted_at__isnull=True)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject"),
                condition=Q(lifted_at__isnull=True),
                name="one_hold_on_a_content_at_a_time",
            ),
        )
