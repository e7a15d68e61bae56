"""What is counted of the notebook."""

from balise.awareness.network.trends.events import BriefingSent, UseNoticed
from balise.foundation.statistics.measures import Measure

MEASURES = (
    Measure("awareness.trends.noticed", counts=UseNoticed, by=("topic",)),
    Measure("awareness.trends.briefings", counts=BriefingSent),
)
