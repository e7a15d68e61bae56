"""The tables: referrals received; cases and their members; referrals sent; decisions."""

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from balise.foundation.finding import find
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, Lockable
from balise.helpline.cases.rules.duties import Decision, Signature
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, Via
from balise.helpline.cases.rules.received import AgeBand, Outcome, ReferralState
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import ConsentHow, ConsentOf, Refusal, SentState

# Cases: members, codes that reopen one, entries in their versions. Words are encrypted.
#
# All of a file is sealed under one key, that of its record. An entry's text is its last revision
# that was not set aside; nothing of the history is changed or taken away while the file lives.


LINE = "helpline"
TITLED = "helpline_cases.case.sealed_title"
REVISED = "helpline_cases.revision.sealed"
REASONED = "helpline_cases.glass.sealed"


class Case(Lockable):
    """A file. `changed_at` is when someone last wrote in it."""

    state = models.CharField(max_length=11, choices=CaseState, default=CaseState.OPEN)
    sealed_title = models.BinaryField()
    opened_by = models.CharField(max_length=36)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=CaseOutcome, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("closed_at",), name="cases_closed", condition=Q(closed_at__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="case_is_closed_at_a_moment_with_an_outcome",
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | Q(
                    state__in=(CaseState.OPEN, CaseState.IN_PROGRESS),
                    closed_at__isnull=True,
                    outcome="",
                ),
            ),
        )


class CaseCode(models.Model):
    """The blind index of a code that opens a file: eight words, or that of a conversation."""

    index = models.BinaryField(max_length=16, primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="codes")
    is_words = models.BooleanField()


class CaseContact(models.Model):
    """A contact that belongs to a file; its record is forgotten on its own day."""

    contact = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    is_again = models.BooleanField(default=False)  # counted as one more of the case in a month


class Member(models.Model):
    """A member of a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    account = models.CharField(max_length=36)
    via = models.CharField(max_length=6, choices=Via)
    since = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("account",), name="case_members"),)
        constraints = (
            models.UniqueConstraint(fields=("case", "account"), name="a_member_is_on_a_case_once"),
        )


class Glass(Lockable):
    """Someone read a file that they are not on; the reason is sealed with the file."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="glasses")
    account = models.CharField(max_length=36)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sealed = models.BinaryField()
    seen_by = models.CharField(max_length=36, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "glasses"
        indexes = (
            models.Index(fields=("at",), name="glasses_unseen", condition=Q(seen_at__isnull=True)),
        )


class Entry(Identified):
    """One thing that a file holds. The day and the person of what is due are in clear."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    section = models.CharField(max_length=10, choices=Section)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    # The sealed file of a document, in the storage.
    file = models.UUIDField(null=True, blank=True, unique=True)
    due_on = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=36, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=36, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=("case", "section", "made_at"), name="case_entries"),
            models.Index(
                fields=("who", "due_on"),
                name="case_entries_due",
                condition=Q(due_on__isnull=False, done_at__isnull=True),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case", "section"),
                condition=Q(section__in=(Section.OVERVIEW, Section.COMPLAINT)),
                name="a_case_has_one_overview_and_one_complaint",
            ),
        )

    @classmethod
    def locked(cls, entry_id: UUID) -> Self:
        """Return an entry with its file, both locked until the open transaction ends."""
        found = cls.objects.select_for_update().select_related("case")
        return find(found, id=entry_id)


class Revision(Identified):
    """One text of an entry: that of a version, or one that came second and was set aside."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    author = models.CharField(max_length=36)
    is_aside = models.BooleanField(default=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "version"),
                condition=Q(is_aside=False),
                name="a_version_has_one_text",
            ),
        )


# What was decided about a duty to report, and who co-signed; why is sealed with the file.


DECIDED = "helpline_cases.duty.sealed"
SIGNED = "helpline_cases.duty.sealed_signature"


class Duty(Lockable):
    """One decision. It is never changed: another one may follow it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="duties")
    end = models.CharField(max_length=30)
    decision = models.CharField(max_length=7, choices=Decision)
    # {answers, rationale}; what the supervisor said.
    sealed = models.BinaryField()
    sealed_signature = models.BinaryField(default=b"")
    decided_by = models.CharField(max_length=36)
    decided_at = models.DateTimeField()
    signature = models.CharField(max_length=9, choices=Signature, default=Signature.WAITING)
    signed_by = models.CharField(max_length=36, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "duties"
        indexes = (
            models.Index(
                fields=("decided_at",),
                name="duties_to_sign",
                condition=Q(signature=Signature.WAITING),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="duty_is_signed_by_another_at_a_moment",
                condition=Q(signature=Signature.WAITING, signed_by="", signed_at__isnull=True)
                | ~Q(signature=Signature.WAITING)
                & ~Q(signed_by="")
                & Q(signed_at__isnull=False)
                & ~Q(signed_by=models.F("decided_by")),
            ),
        )


# Referrals received. What the person said is encrypted to the helpline's key.


WORDS = "helpline_cases.referral.sealed"
NOTE = "helpline_cases.referral.sealed_note"


class Referral(Lockable):
    """Someone whom another line referred, once for each `origin` of that line."""

    origin_line = models.CharField(max_length=20)
    origin = models.UUIDField()
    # {contact, words}; the note of the listener who closed it.
    sealed = models.BinaryField()
    sealed_note = models.BinaryField(default=b"")

    age_band = models.CharField(max_length=10, choices=AgeBand, blank=True)
    is_child = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.WAITING)
    received_at = models.DateTimeField()
    first_taken_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=36, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    # The file that was made of it, while there is one.
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("state", "-is_child", "received_at", "id"), name="referrals_turn"),
            models.Index(
                fields=("taken_by", "state"), name="referrals_mine", condition=~Q(taken_by="")
            ),
            models.Index(
                fields=("closed_at",), name="referrals_closed", condition=Q(closed_at__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("origin_line", "origin"), name="a_person_is_handed_over_once"
            ),
            models.CheckConstraint(
                name="referral_is_taken_by_someone_unless_it_waits",
                condition=Q(state=ReferralState.WAITING, taken_by="")
                | Q(
                    state__in=(ReferralState.TAKEN, ReferralState.CLOSED),
                    first_taken_at__isnull=False,
                )
                & ~Q(taken_by=""),
            ),
            models.CheckConstraint(
                name="referral_is_closed_at_a_moment_with_an_outcome",
                condition=Q(state=ReferralState.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | Q(
                    state__in=(ReferralState.WAITING, ReferralState.TAKEN),
                    closed_at__isnull=True,
                    outcome="",
                    sealed_note=b"",
                ),
            ),
        )


# Referrals sent: what was told is sealed to the helpline and, while it lives, to a link.


TOLD = "helpline_cases.sentreferral.sealed"
AGREED = "helpline_cases.sentreferral.sealed_consent"
ANSWERED = "helpline_cases.sentreferral.sealed_answer"


class SentReferral(Lockable):
    """Someone else was told, once. `token_key` is the blind index of the link that opens it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="sent")
    receiver = models.CharField(max_length=20)
    territory = models.CharField(max_length=30, blank=True)
    way = models.CharField(max_length=7, choices=Way)
    ground = models.CharField(max_length=30)
    consent_of = models.CharField(max_length=12, choices=ConsentOf, blank=True)
    consent_how = models.CharField(max_length=7, choices=ConsentHow, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=SentState, default=SentState.SENT)
    # {to, items, words}; what exactly they agreed to; what the receiver said, step by step.
    sealed = models.BinaryField()
    sealed_consent = models.BinaryField(default=b"")
    sealed_answer = models.BinaryField(default=b"")
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True)
    sent_by = models.CharField(max_length=36)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_count = models.PositiveSmallIntegerField(default=0)
    token_key = models.BinaryField(max_length=16, default=b"")
    link_ends_at = models.DateTimeField(null=True, blank=True)
    opened_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("case", "-sent_at"), name="sent_of_case"),
            models.Index(
                fields=("remind_at",),
                name="sent_to_remind",
                condition=Q(remind_at__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("token_key",),
                condition=~Q(token_key=b""),
                name="a_link_opens_one_referral",
            ),
            models.CheckConstraint(
                name="consent_has_a_day_and_a_form",
                condition=Q(consent_of="", consent_how="", consent_on__isnull=True)
                | Q(consent_on__isnull=False) & ~Q(consent_of="") & ~Q(consent_how=""),
            ),
            models.CheckConstraint(
                name="a_refusal_has_a_reason",
                condition=Q(state=SentState.REFUSED) & ~Q(refusal="")
                | ~Q(state=SentState.REFUSED) & Q(refusal=""),
            ),
        )

    @property
    def about(self) -> dict[str, Any]:
        """What every fact about it says."""
        return {"subject": self.id, "case": self.case_id, "receiver": Code(self.receiver)}


class ReceiverContact(Identified):
    """The contact at a receiver, in a territory: filled in by the centre."""

    receiver = models.CharField(max_length=20)
    territory = models.CharField(max_length=30, blank=True)
    who = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    checked_on = models.DateField()
    checked_by = models.CharField(max_length=36)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("receiver", "territory"), name="a_receiver_has_one_contact_in_a_territory"
            ),
        )
