"""What is counted of what is written: how much came, by which way, how long an answer took."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.channels.events import AnswerFailed, MessageAnswered, MessageReceived

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.messages.received", counts=MessageReceived, by=("way", "first")),
    Measure("helpline.messages.answered", counts=MessageAnswered, by=("way",), amount="seconds"),
    Measure("helpline.messages.failed", counts=AnswerFailed, by=("reason",)),
)
