"""What is deleted of conversations, by the policy of the day on which they ended."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.conversations.models import CoachNote, Conversation, Mark, Said
from balise.helpline.conversations.rules.hours import schedule

_AT_ONCE = 1_000


def conversations_due(at: datetime) -> QuerySet[Conversation]:
    """Return the conversations whose time is over, by the policy of the day they ended on.

    The first of them, where there are many.
    """
    policy = schedule(settings.COUNTRY, zone=settings.TIME_ZONE)
    shortest = min(kept for _since, kept in policy.kept)
    ended = Conversation.objects.filter(ended_at__lte=at - shortest, erased_at=None)
    rows = ended.order_by("ended_at").values_list("id", "ended_at")[:_AT_ONCE]
    over = [
        conversation_id
        for conversation_id, ended_at in rows
        if ended_at and ended_at <= at - policy.kept_after(day_of(ended_at))
    ]
    return Conversation.objects.filter(id__in=over)


def erase_conversations(conversation_ids: Sequence[UUID]) -> int:
    """Delete the keys and what they encrypted; the empty rows and the figures stay."""
    forget(conversation_ids)
    Said.objects.filter(conversation__in=conversation_ids).update(sealed=b"", author="")
    CoachNote.objects.filter(conversation__in=conversation_ids).delete()
    Mark.objects.filter(conversation__in=conversation_ids).delete()
    found = Conversation.objects.filter(id__in=conversation_ids, erased_at=None)
    return found.update(sealed=b"", listener="", erased_at=now())


RULES = (
    Rule(
        name="helpline.conversations",
        forgets=Conversation,
        says=_("Chat messages are deleted one month after the chat ended; the figures stay."),
        due=conversations_due,
        erase=erase_conversations,
    ),
)
