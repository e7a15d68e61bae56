"""What is counted of what is written: how much came, and by which way."""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.channels.events import MessageReceived

MEASURES = (
    Measure(
        "helpline.messages.received",
        counts=MessageReceived,
        by=("way", "first"),
        threshold=CHILDREN,
    ),
)
