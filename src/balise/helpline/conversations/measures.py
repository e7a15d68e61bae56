"""What is counted about conversations."""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.conversations.events import ConversationBegun

MEASURES = (
    Measure(
        "helpline.chats.offered", counts=ConversationBegun, by_half_hour=True, threshold=CHILDREN
    ),
)
