"""What is counted of use: the journal is told of days, never of one use."""

from balise.awareness.usage.events import UseCounted
from balise.foundation.statistics.measures import Measure

MEASURES = (
    Measure(
        "awareness.usage",
        counts=UseCounted,
        by=("kind",),
        day="day",
        amount="amount",
    ),
)
