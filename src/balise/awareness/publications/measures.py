"""What is counted of the catalogue: tools that came and went, and their topics."""

from balise.awareness.publications.events import (
    ToolShelved,
    ToolTaken,
    ToolTopicCleared,
    ToolTopicSet,
)
from balise.foundation.statistics.measures import Measure

MEASURES = (
    Measure("awareness.tools", counts=ToolShelved, by=("kind",)),
    Measure("awareness.tools-taken", counts=ToolTaken, by=("kind",)),
    Measure("awareness.tool-topics", counts=ToolTopicSet, by=("topic",)),
    Measure("awareness.tool-topics-cleared", counts=ToolTopicCleared, by=("topic",)),
)
