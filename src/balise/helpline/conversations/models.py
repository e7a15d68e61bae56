"""The log. What is said is sealed to the helpline and to the young person's token.

`seq` is given in the transaction that writes, under a lock on the conversation: what is read after
a `seq` has no gaps and the same order for every reader.
"""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified, Lockable
from balise.helpline.conversations.rules import ChatEventKind, ConversationState, Earlier, Side

LINE = "helpline"
SAID = "helpline_conversations.said.sealed"
COACHED = "helpline_conversations.coachnote.sealed"
NAMED = "helpline_conversations.conversation.sealed"


class Conversation(Lockable):
    """One conversation, with all its listeners one after the other."""

    # Blind index of the token that the young person holds.
    token_key = models.BinaryField(max_length=16, unique=True)
    state = models.CharField(
        max_length=9, choices=ConversationState, default=ConversationState.WAITING
    )
    language = models.CharField(max_length=10, blank=True)
    # In years, if they said so; the band is then derived, else the one that they picked.
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    age_band = models.CharField(max_length=10, blank=True)
    # The name that they chose to be called by.
    sealed = models.BinaryField()
    last_seq = models.PositiveIntegerField(default=0)
    # As far as its listener has read.
    read_seq = models.PositiveIntegerField(default=0)
    # The account of the listener who is in it.
    listener = models.CharField(max_length=36, blank=True)
    # The young person does not wait for a listener whose line was cut.
    wants_another = models.BooleanField(default=False)
    # The conversation that the same person had before, or perhaps had: `rules.Earlier`.
    earlier = models.UUIDField(null=True, blank=True)
    earlier_by = models.CharField(max_length=8, choices=Earlier, blank=True)
    begun_at = models.DateTimeField()
    young_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("listener",), name="conversations_with", condition=~Q(listener="")
            ),
            models.Index(
                fields=("ended_at",),
                name="conversations_ended",
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=("young_seen_at",),
                name="conversations_present",
                condition=~Q(state=ConversationState.ENDED),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="conversation_ends_at_a_moment",
                condition=Q(state=ConversationState.ENDED, ended_at__isnull=False)
                | ~Q(state=ConversationState.ENDED) & Q(ended_at__isnull=True),
            ),
        )


class Said(models.Model):
    """One event of a conversation. A redacted one keeps its place and loses its words."""

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=ChatEventKind)
    side = models.CharField(max_length=5, choices=Side)
    author = models.CharField(max_length=36, blank=True)
    # What the sender named it: the same one twice is one message.
    client_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    # Of a change: the new state. Of a listener who left: the profession that comes next. Of a
    # picture or a vault: what became of it. Of a message: that a supervisor said it, not the
    # listener.
    code = models.CharField(max_length=14, blank=True)
    # Of a redaction: the message it is about.
    about = models.PositiveIntegerField(null=True, blank=True)
    sealed = models.BinaryField(default=b"")

    class Meta:
        verbose_name_plural = "said"
        constraints = (
            models.UniqueConstraint(fields=("conversation", "seq"), name="said_in_one_order"),
            models.UniqueConstraint(
                fields=("conversation", "client_id"),
                condition=Q(client_id__isnull=False),
                name="said_once",
            ),
        )


class CoachNote(Identified):
    """What a supervisor wrote for the listener while reading along. The young never sees it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="coach_notes")
    author = models.CharField(max_length=36)
    at = models.DateTimeField()
    sealed = models.BinaryField()


class Mark(models.Model):
    """A message that matters to the record and to the next listener. In no log: staff see it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="marks")
    seq = models.PositiveIntegerField()
    author = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("conversation", "seq"), name="marked_once"),)
