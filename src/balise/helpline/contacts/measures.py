"""What is counted of contacts."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN, TOPICS
from balise.helpline.contacts.events import BlockSet, ContactWrapped, QuestionsAnswered, TopicMet

_CONTACTS = shown_from(
    CHILDREN,
    Measure(
        "helpline.contacts.wrapped",
        counts=ContactWrapped,
        by=("channel", "kind", "is_counselling", "risk", "age_band", "caller", "place", "outcome"),
        amount="seconds",
    ),
    Measure("helpline.questions.answered", counts=QuestionsAnswered, by=("helpful", "recommends")),
    Measure("helpline.blocks.set", counts=BlockSet, by=("length",)),
)
_TOPICS = Measure("helpline.topics.met", counts=TopicMet, by=("topic", "channel"), threshold=TOPICS)
MEASURES = (*_CONTACTS, _TOPICS)
