"""What is counted of contacts."""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN, TOPICS
from balise.helpline.contacts.events import ContactWrapped, TopicMet

MEASURES = (
    Measure(
        "helpline.contacts.wrapped",
        counts=ContactWrapped,
        by=("channel", "kind", "is_counselling", "risk", "age_band", "caller", "place", "outcome"),
        amount="seconds",
        threshold=CHILDREN,
    ),
    Measure("helpline.topics.met", counts=TopicMet, by=("topic", "channel"), threshold=TOPICS),
)
