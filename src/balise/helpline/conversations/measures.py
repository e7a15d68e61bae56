"""What is counted about conversations."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.conversations.events import (
    ConversationBegun,
    ConversationDropped,
    ConversationEnded,
    ConversationErased,
    ConversationResumed,
    ListenerJoined,
    MessageSaid,
)

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.chats.begun", counts=ConversationBegun, by=("language", "age_band")),
    Measure("helpline.chats.joined", counts=ListenerJoined, amount="seconds"),
    Measure("helpline.chats.said", counts=MessageSaid, by=("side",)),
    Measure("helpline.chats.dropped", counts=ConversationDropped, by=("was_waiting",)),
    Measure("helpline.chats.resumed", counts=ConversationResumed, amount="seconds"),
    Measure("helpline.chats.ended", counts=ConversationEnded, by=("side",), amount="seconds"),
    Measure("helpline.chats.erased", counts=ConversationErased),
)
