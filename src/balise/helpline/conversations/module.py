"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.budgets.rules import Budget
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import forget
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry
from balise.helpline.conversations import access
from balise.helpline.conversations.events import ConversationBegun
from balise.helpline.conversations.models import CoachNote, Conversation, Mark, Said
from balise.helpline.conversations.rules.hours import schedule
from balise.helpline.conversations.streams.admitting import KEPT
from balise.helpline.conversations.tasks import SCHEDULE
from balise.helpline.conversations.web.home import elsewhere, opening
from balise.helpline.conversations.web.talk import WAY

# The figure of chats, in words.


_CHATS = ngettext_lazy("%(many)s chat", "%(many)s chats", "count")


FIGURES = (
    Figure(
        board="helpline",
        code="chats-offered",
        measure="helpline.chats.offered",
        title=_("Chats over time"),
        counted=_CHATS,
        form=Form.DAYS,
        is_key=True,
    ),
)


# What is counted about conversations.


MEASURES = (Measure("helpline.chats.offered", counts=ConversationBegun, by_half_hour=True),)


# What is deleted of conversations, by the policy of the day on which they ended.


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


# What the public may do with conversations: begin one, talk in it, end and erase it.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_conversations_conversation",),
        to=(PUBLIC,),
        why="A young person begins, comes back and ends; no name in it is written again.",
        read=ALL,
        add=True,
        change=(
            "last_seq",
            "state",
            "listener",
            "young_seen_at",
            "ended_at",
            "erased_at",
            "wants_another",
        ),
    ),
    Grant(
        on=("helpline_conversations_said",),
        to=(PUBLIC,),
        why="What is said is sealed; a young person may wipe it, and change nothing else of it.",
        read=ALL,
        add=True,
        change=("sealed",),
    ),
    Tells(
        facts=(
            *("helpline.conversation.begun", "helpline.conversation.said"),
            *("helpline.conversation.resumed", "helpline.conversation.ended"),
            *("helpline.conversation.erased", "helpline.conversation.another-wanted"),
            "helpline.conversation.continued",
        ),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    budgets=(
        Budget("helpline.conversations", near=0, in_all=0, comes_first=True),
        Budget("helpline.conversations.begun", in_all=0, comes_first=True),
    ),
    public=(Mount(namespace="talk"),),
    staff=(Mount("helpline/", "talk"),),
    abilities={"listener": (access.TALK,), "helpline_lead": (access.READ_ALONG,)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Chat"),
            says=_(
                "Bullying, blackmail, a picture shared without consent: we listen and help you act."
            ),
            url_name="talk:start",
            icon="chat",
        ),
    ),
    keeps=KEPT,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    parts={"home.helpline": opening, "home.elsewhere": elsewhere},
    streams=True,
)
