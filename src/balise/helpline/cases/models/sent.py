"""Referrals sent: what was told is sealed to the helpline and, while it lives, to a link."""

from typing import Any

from django.db import models
from django.db.models import Q

from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, Lockable
from balise.helpline.cases.models.files import Case
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sendings import ConsentHow, ConsentOf, Refusal, SentState

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
