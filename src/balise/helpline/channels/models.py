"""Correspondences. What is written is sealed, and so is where an answer goes."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified, Lockable
from balise.helpline.channels.rules import Audience, CorrespondenceState, Delivery, Side, Way

LINE = "helpline"
ADDRESSED = "helpline_channels.thread.sealed"
WRITTEN = "helpline_channels.message.sealed"
DRAFTED = "helpline_channels.draft.sealed"


class Thread(Lockable):
    """What one person and the helpline write to each other, by one way."""

    way = models.CharField(max_length=9, choices=Way)
    # The messaging account that it came by.
    source = models.CharField(max_length=40, blank=True)
    # Blind index of the code that opens it; empty where there is none.
    token_key = models.BinaryField(max_length=16, default=b"")
    # Blind index of the address or number that they write from; empty by the form.
    correspondent = models.BinaryField(max_length=16, default=b"")
    state = models.CharField(
        max_length=6, choices=CorrespondenceState, default=CorrespondenceState.OPEN
    )
    audience = models.CharField(max_length=12, choices=Audience, blank=True)
    language = models.CharField(max_length=10, blank=True)
    # An answer is not only read here: it also goes to the address that is sealed.
    is_sent = models.BooleanField(default=False)
    # Someone else may read their mailbox: a mail says nothing, and the answer is read here.
    is_discreet = models.BooleanField(default=False)
    # Address, name and subject.
    sealed = models.BinaryField(default=b"")
    # The listener who had it last.
    listener = models.CharField(max_length=36, blank=True)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Since when a word of theirs waits for an answer.
    waits_since = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("correspondent",),
                name="threads_of_someone",
                condition=~Q(correspondent=b""),
            ),
            models.Index(fields=("last_at",), name="threads_by_last_word"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("token_key",),
                condition=~Q(token_key=b""),
                name="a_code_opens_one_thread",
            ),
            models.CheckConstraint(
                name="only_the_form_gives_a_code",
                condition=Q(way=Way.FORM) & ~Q(token_key=b"") | ~Q(way=Way.FORM) & Q(token_key=b""),
            ),
        )


class Message(Identified):
    """One message of a thread.

    By the form it is sealed under the thread's key, which its code opens; by another way under a
    key of its own, so that a process that can read nothing may add to a thread.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side)
    author = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField()
    # Blind index of the name that a mail or a provider gave it: the same one twice is one message.
    known_as = models.BinaryField(max_length=16, default=b"")
    sealed = models.BinaryField(default=b"")
    attachments_refused = models.PositiveSmallIntegerField(default=0)
    is_cut = models.BooleanField(default=False)
    delivery = models.CharField(max_length=6, choices=Delivery, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Why it did not arrive, as a code.
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=("thread", "at"), name="messages_in_order"),)
        constraints = (
            models.UniqueConstraint(
                fields=("known_as",), condition=~Q(known_as=b""), name="a_message_comes_once"
            ),
            models.CheckConstraint(
                name="only_ours_are_delivered",
                condition=Q(side=Side.STAFF) | Q(delivery=Delivery.NONE),
            ),
        )


class Draft(Identified):
    """An answer as far as it was typed, sealed under a key of its own: one for a thread."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="draft")
    author = models.CharField(max_length=36)
    at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()
