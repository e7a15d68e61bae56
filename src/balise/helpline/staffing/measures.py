"""What the forecast counts beside the calls, which `telephony` counts by half hour already."""

from balise.foundation.statistics.measures import Measure
from balise.helpline.conversations.events import ConversationBegun

MEASURES = (Measure("helpline.chats.offered", counts=ConversationBegun, by_half_hour=True),)
