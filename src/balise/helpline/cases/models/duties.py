"""What was decided about a duty to report, and who co-signed; why is sealed with the file."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Lockable
from balise.helpline.cases.models.files import Case
from balise.helpline.cases.rules.duties import Decision, Signature

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
