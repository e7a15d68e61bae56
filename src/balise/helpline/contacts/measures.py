"""What is counted of contacts."""

from balise.foundation.statistics.measures import Measure
from balise.helpline.contacts.events import BlockSet, ContactWrapped, QuestionsAnswered, TopicMet

MEASURES = (
    Measure(
        "helpline.contacts.wrapped",
        counts=ContactWrapped,
        by=("channel", "kind", "is_counselling", "risk", "age_band", "caller", "place", "outcome"),
        amount="seconds",
    ),
    Measure("helpline.topics.met", counts=TopicMet, by=("topic", "channel")),
    Measure("helpline.questions.answered", counts=QuestionsAnswered, by=("helpful", "recommends")),
    Measure("helpline.blocks.set", counts=BlockSet, by=("length",)),
)
