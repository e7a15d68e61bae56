"""Notices. What one says is sealed to the line that it is sent for; the rest routes and counts."""

from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from balise.foundation.journal.events import Code
from balise.takedown.directory.models import Contact
from balise.takedown.notices.events import NoticeFacts
from balise.takedown.notices.rules.states import (
    OPEN,
    REACHED_THE_HOST,
    Failure,
    Impediment,
    Outcome,
    State,
)


class Notice(models.Model):
    """One notice to one host about one content. `sealed` is empty once it is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.CharField(max_length=20)
    subject = models.UUIDField()
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="notices")
    offence = models.CharField(max_length=40)
    facts_on = models.DateField()
    country = models.CharField(max_length=2, blank=True)
    sealed = models.BinaryField()

    state = models.CharField(max_length=12, default=State.DRAFT.value)
    drafted_by = models.CharField(max_length=60, blank=True)
    drafted_at = models.DateTimeField()
    # Set just before a mail is handed to the server, emptied once it is known what became of it.
    handed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=24, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    impediment = models.CharField(max_length=24, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("line", "subject"), name="notices_about"),
            models.Index(fields=("state", "due_at"), name="notices_due"),
            models.Index(fields=("closed_at",), name="notices_closed"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject", "contact"),
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_notice_about_a_content_at_a_contact",
            ),
            models.UniqueConstraint(
                fields=("message_id",),
                condition=~Q(message_id=""),
                name="one_notice_for_a_message_id",
            ),
            models.CheckConstraint(
                name="notice_reached_its_host_once_it_was_sent",
                condition=Q(state__in=sorted(REACHED_THE_HOST), sent_at__isnull=False)
                | Q(state__in=("draft", "queued", "failed"), sent_at__isnull=True)
                | Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="notice_failed_for_a_reason",
                condition=~Q(state="failed") | Q(failure__in=[each.value for each in Failure]),
            ),
            models.CheckConstraint(
                name="notice_has_an_outcome_once_it_ends",
                condition=~Q(state__in=("removed", "refused", "unanswered")) | ~Q(outcome=""),
            ),
        )

    def __str__(self) -> str:
        return f"notice {self.id}"

    @classmethod
    def locked(cls, notice_id: UUID) -> Self:
        """Return a notice with its contact, locked until the open transaction ends."""
        found = cls.objects.select_for_update(of=("self",)).select_related("contact__organisation")
        return found.get(id=notice_id)

    @property
    def facts(self) -> NoticeFacts:
        """What every fact about it says."""
        return {
            "subject": self.id,
            "content": self.subject,
            "for_line": Code(self.line),
            "host": self.contact.organisation_id,
            "offence": Code(self.offence),
        }

    @property
    def stands(self) -> State:
        return State(self.state)

    @property
    def came_of_it(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome else None

    @property
    def hindered_by(self) -> Impediment:
        return Impediment(self.impediment)

    @property
    def failed_for(self) -> Failure | None:
        return Failure(self.failure) if self.failure else None

    @property
    def is_forgotten(self) -> bool:
        return not self.sealed
