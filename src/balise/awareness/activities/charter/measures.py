"""What is counted of charters: nothing is shown of fewer than eleven families."""

from balise.awareness.activities.charter.events import ChartersCounted, RulesCounted
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import TOPICS

MEASURES = (
    Measure(
        "awareness.charters",
        counts=ChartersCounted,
        by=("what", "band"),
        day="day",
        amount="families",
        threshold=TOPICS,
    ),
    Measure(
        "awareness.charter-rules",
        counts=RulesCounted,
        by=("of", "practice", "band"),
        day="day",
        amount="families",
        threshold=TOPICS,
    ),
)
