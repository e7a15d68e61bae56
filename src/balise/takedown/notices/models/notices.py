"""Notices, the mails that they leave in, and what one contact has of its own."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.journal.events import Code
from balise.foundation.locking import OfLine
from balise.takedown.law.naming import NamesLaw
from balise.takedown.notices.events import NoticeFacts
from balise.takedown.notices.rules.clocks import Goal, Urgency
from balise.takedown.notices.rules.customs import MOST_ITEMS, Own
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.letters import number_of
from balise.takedown.notices.rules.mails import MailingKind, MailingState
from balise.takedown.notices.rules.states import (
    OPEN,
    REACHED_THE_HOST,
    Account,
    Failure,
    Impediment,
    NoticeState,
    Outcome,
)


class Mailing(OfLine):
    """One mail about one or several notices of one line.

    It goes to its contact; without one, to an address that is sealed with its words. `handed_at` is
    set just before it is handed to the server, and emptied once it is known what became of it.
    """

    locked_with = "contact__organisation"

    contact = models.ForeignKey(
        "takedown_directory.Contact", models.PROTECT, null=True, related_name="mailings"
    )
    kind = models.CharField(max_length=12)
    # Says first who writes and what is asked: the recipient was never written to before.
    introduces = models.BooleanField(default=False)
    # What a person wrote for it; empty where the notices say all.
    sealed = models.BinaryField(default=b"")
    # Behind the plus sign of the address that answers come to.
    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=8, default=MailingState.WAITING.value)
    created_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=24, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    mailing_kind = Coded(MailingKind, "kind")
    stands = Coded(MailingState, "state")
    failed_for = CodedIfAny(Failure, "failure")

    class Meta:
        indexes = (
            models.Index(fields=("contact", "kind", "created_at"), name="mailings_to_a_contact"),
            models.Index(fields=("state", "created_at"), name="mailings_by_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="mailing_is_of_a_kind_and_state_we_know",
                condition=Q(
                    kind__in=[each.value for each in MailingKind],
                    state__in=[each.value for each in MailingState],
                ),
            ),
            models.CheckConstraint(
                name="mailing_is_sent_at_a_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        )

    @property
    def language(self) -> str:
        """The language of its recipient; a person's without a contact is in its words."""
        return self.contact.organisation.language if self.contact else ""


class Notice(OfLine, NamesLaw):
    """One notice to one recipient about one content. `sealed` is empty once it is forgotten."""

    locked_with = "contact__organisation"

    subject = models.UUIDField()
    contact = models.ForeignKey(
        "takedown_directory.Contact", models.PROTECT, related_name="notices"
    )
    offence = models.CharField(max_length=40)
    # The person shown or targeted is a minor: other words of the DSA.
    about_minor = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)
    urgency = models.CharField(max_length=10, default=Urgency.STEADY.value)
    sealed = models.BinaryField()

    # Its place on the ladder, and the notice that it follows there.
    rung = models.CharField(max_length=12, default=Rung.HOST.value)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    state = models.CharField(max_length=12, default=NoticeState.DRAFT.value)
    drafted_by = models.CharField(max_length=60, blank=True)
    drafted_at = models.DateTimeField()
    queued_by = models.CharField(max_length=60, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    # It leaves no earlier, but with others that do.
    leave_at = models.DateTimeField(null=True, blank=True)
    mailing = models.ForeignKey(
        Mailing, models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    failure = models.CharField(max_length=24, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Whether law bound its contact on the day it was sent (`LegalBasis`): terms may change.
    basis = models.CharField(max_length=12, blank=True)

    # The clock: since when it counts, and in the present round after a reminder.
    counts_from = models.DateTimeField(null=True, blank=True)
    round_from = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    goal = models.CharField(max_length=12, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ran_out_at = models.DateTimeField(null=True, blank=True)
    # The rung that is proposed since then; a person climbs it or stays.
    proposed = models.CharField(max_length=12, blank=True)
    reminder_count = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    outcome = models.CharField(max_length=28, blank=True)
    account = models.CharField(max_length=12, blank=True)
    impediment = models.CharField(max_length=24, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)

    stands = Coded(NoticeState, "state")
    how_urgent = Coded(Urgency, "urgency")
    on_rung = Coded(Rung, "rung")
    expects = CodedIfAny(Goal, "goal")
    proposed_rung = CodedIfAny(Rung, "proposed")
    came_of_it = CodedIfAny(Outcome, "outcome")
    account_was = Coded(Account, "account")
    hindered_by = Coded(Impediment, "impediment")
    failed_for = CodedIfAny(Failure, "failure")

    class Meta:
        indexes = (
            models.Index(fields=("line", "subject"), name="notices_about"),
            models.Index(fields=("state", "due_at"), name="notices_due"),
            models.Index(fields=("contact", "state", "leave_at"), name="notices_to_leave"),
            models.Index(fields=("closed_at",), name="notices_closed"),
            models.Index(fields=("ran_out_at",), name="notices_ran_out", condition=~Q(proposed="")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "subject", "contact"),
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_notice_about_a_content_at_a_contact",
            ),
            models.CheckConstraint(
                name="notice_reached_its_host_once_it_was_sent",
                condition=Q(state__in=sorted(REACHED_THE_HOST), sent_at__isnull=False)
                | Q(state__in=("draft", "queued"), sent_at__isnull=True)
                | Q(state__in=("failed", "withdrawn", "retracted")),
            ),
            models.CheckConstraint(
                name="notice_failed_for_a_reason",
                condition=~Q(state="failed") | Q(failure__in=[each.value for each in Failure]),
            ),
            models.CheckConstraint(
                name="notice_has_an_outcome_once_it_ends",
                condition=~Q(state__in=("removed", "refused", "unanswered")) | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="notice_leaves_at_a_moment_once_it_is_queued",
                condition=~Q(state="queued") | Q(leave_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_is_due_only_while_its_clock_runs",
                condition=Q(due_at__isnull=True) | Q(state__in=("sent", "reminded", "answered")),
            ),
        )

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
    def number(self) -> str:
        """The short number that people use for it."""
        return number_of(self.id)

    @property
    def is_forgotten(self) -> bool:
        return not self.sealed

    @property
    def is_at_a_server(self) -> bool:
        """Whether its mail is being handed to a mail server right now."""
        mailing = self.mailing
        return (
            mailing is not None
            and mailing.handed_at is not None
            and mailing.stands is MailingState.WAITING
        )

    @property
    def first_hands(self) -> frozenset[str]:
        """The people who wrote, sent or closed it: none of them decides an objection to it."""
        return frozenset({self.drafted_by, self.queued_by, self.closed_by} - {""})


class MailingItem(models.Model):
    """A mail is about a notice."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="items")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("mailing", "notice"), name="mailing_speaks_of_a_notice_once"
            ),
        )


class OwnCustoms(models.Model):
    """The sending settings of one contact; the country's apply where they are empty."""

    contact = models.OneToOneField(
        "takedown_directory.Contact",
        models.CASCADE,
        primary_key=True,
        related_name="own_customs",
    )
    group_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    most_items = models.PositiveSmallIntegerField(null=True, blank=True)
    most_reminders = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_begins = models.TimeField(null=True, blank=True)
    quiet_ends = models.TimeField(null=True, blank=True)
    always_open = models.BooleanField(default=False)
    climbs_alone = models.JSONField(default=list, blank=True)
    set_by = models.CharField(max_length=60, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "own customs"
        constraints = (
            models.CheckConstraint(
                name="own_customs_send_at_least_one_notice_in_a_mail",
                condition=Q(most_items__isnull=True)
                | Q(most_items__gte=1, most_items__lte=MOST_ITEMS),
            ),
            models.CheckConstraint(
                name="own_quiet_begins_and_ends",
                condition=Q(quiet_begins__isnull=True, quiet_ends__isnull=True)
                | Q(quiet_begins__isnull=False, quiet_ends__isnull=False),
            ),
        )

    @property
    def own(self) -> Own:
        """What differs from the country's customs."""
        hours = (
            (self.quiet_begins, self.quiet_ends)
            if self.quiet_begins is not None and self.quiet_ends is not None
            else None
        )
        return Own(
            window=None if self.group_minutes is None else timedelta(minutes=self.group_minutes),
            most_items=self.most_items,
            most_reminders=self.most_reminders,
            quiet_hours=hours,
            always_open=self.always_open,
            climbs_alone=frozenset(map(Rung, self.climbs_alone)),
        )
