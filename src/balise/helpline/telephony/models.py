"""Calls and call-backs. Nothing is recorded; a number is sealed, and soon gone."""

from typing import cast
from uuid import UUID

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Lockable
from balise.helpline.queue.rules import Risk, RiskFrom
from balise.helpline.telephony.rules.call_backs import CallBackState, Script
from balise.helpline.telephony.rules.calls import CallState, Command, EndedBy, Failure, Happening
from balise.helpline.telephony.rules.numbers import HeldFor, Need

LINE = "helpline"
NUMBER = "helpline_telephony.call.sealed_number"
REF = "helpline_telephony.call.sealed_ref"
ASKED = "helpline_telephony.callback.sealed"


class Call(Lockable):
    """One call of one exchange, computed from all that was told of it."""

    source = models.CharField(max_length=40)
    # Blind of the exchange's own id of the call, which is often made of the caller's number.
    ref_index = models.BinaryField(max_length=16)
    # That id, for what listeners ask of the exchange; gone once the call is over.
    sealed_ref = models.BinaryField(default=b"")
    state = models.CharField(max_length=9, choices=CallState, default=CallState.RINGING)
    # Blind index of one day: a caller is recognised twice today, but not tomorrow.
    caller_today = models.BinaryField(max_length=16, default=b"")
    sealed_number = models.BinaryField(default=b"")
    # Blind of the number, for a block when the call is wrapped up; gone then, or after half a day.
    bearer = models.BinaryField(max_length=16, default=b"")
    # Until when the caller was blocked: the exchange says so, and no telephone rings.
    blocked_until = models.DateTimeField(null=True, blank=True)
    held_for = models.CharField(max_length=11, choices=HeldFor, blank=True)
    number_until = models.DateTimeField(null=True, blank=True)
    returning = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=8, choices=EndedBy, blank=True)
    waited_s = models.PositiveIntegerField(default=0)
    talked_s = models.PositiveIntegerField(default=0)
    item = models.UUIDField(null=True, blank=True)
    listener = models.CharField(max_length=36, blank=True)
    # What the exchange was asked last, until it is done; then why it was not, if it was not.
    command = models.CharField(max_length=8, choices=Command, blank=True)
    command_at = models.DateTimeField(null=True, blank=True)
    command_to = models.CharField(max_length=6, blank=True)
    command_failed = models.CharField(max_length=10, choices=Failure, blank=True)
    # The extension that picked the call up after a transfer, while its listener still has it here.
    passed_to = models.CharField(max_length=6, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("-began_at",), name="calls_latest"),
            models.Index(
                fields=("caller_today",), name="calls_of_today", condition=~Q(caller_today=b"")
            ),
            models.Index(
                fields=("number_until",),
                name="calls_numbers",
                condition=Q(number_until__isnull=False),
            ),
            models.Index(fields=("began_at",), name="calls_bearers", condition=~Q(bearer=b"")),
        )
        constraints = (
            models.UniqueConstraint(fields=("source", "ref_index"), name="a_call_is_known_once"),
            models.CheckConstraint(
                name="a_number_is_held_until_a_moment",
                condition=Q(sealed_number=b"") | Q(number_until__isnull=False),
            ),
        )


class CallEvent(models.Model):
    """One thing that was told, once for each id of its exchange."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="told")
    source = models.CharField(max_length=40)
    # Blinds of the exchange's own id of the event, and of all that it said.
    event_index = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=16)
    happening = models.CharField(max_length=11, choices=Happening)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=8, choices=EndedBy, default=EndedBy.UNKNOWN)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("source", "event_index"), name="a_call_event_is_known_once"
            ),
        )


class NumberRequest(Lockable):
    """A request to read a number, of a call or a messaging thread; another person agrees."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, null=True, blank=True)
    # The correspondence that it is of, where it is of no call.
    thread = models.UUIDField(null=True, blank=True, db_index=True)
    need = models.CharField(max_length=11, choices=Need)
    asked_by = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    released_by = models.CharField(max_length=36, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_number_is_of_a_call_or_of_a_thread",
                condition=Q(call__isnull=False, thread__isnull=True)
                | Q(call__isnull=True, thread__isnull=False),
            ),
        )

    @property
    def about(self) -> UUID:
        """Return the call or the correspondence that the number is of."""
        return cast("UUID", self.call_id or self.thread)


class CallBack(Lockable):
    """Someone who asked to be called back, when it is safe."""

    # Whom to call, and what they wrote.
    sealed = models.BinaryField()
    state = models.CharField(max_length=9, choices=CallBackState, default=CallBackState.WAITING)
    script = models.CharField(max_length=10, choices=Script)
    since = models.DateTimeField()
    until = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    item = models.UUIDField(null=True, blank=True)
    # At which it waits each time: what their words told, or what a listener judged since.
    risk = models.CharField(max_length=1, choices=Risk, default=Risk.F)
    risk_from = models.CharField(max_length=8, choices=RiskFrom, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("due_at",),
                name="call_backs_due",
                condition=Q(state=CallBackState.WAITING),
            ),
        )


class Extension(models.Model):
    """The telephone at which someone of the team is rung, as they gave it last."""

    account = models.CharField(max_length=36, unique=True)
    number = models.CharField(max_length=6)
