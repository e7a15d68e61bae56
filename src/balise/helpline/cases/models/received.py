"""Referrals received. What the person said is encrypted to the helpline's key."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Lockable
from balise.helpline.cases.models.files import Case
from balise.helpline.cases.rules.received import AgeBand, Outcome, ReferralState

LINE = "helpline"
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
