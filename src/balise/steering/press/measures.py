"""What is counted of the press. A correction is counted as what it adds, or takes."""

from balise.foundation.statistics.measures import Measure
from balise.steering.press.events import PressCounted

_BY = ("medium", "topic", "sequence", "campaign")

MEASURES = (
    Measure("steering.press", counts=PressCounted, by=_BY, day="day", amount="audience"),
    Measure("steering.press-items", counts=PressCounted, by=_BY, day="day", amount="items"),
    Measure("steering.press-articles", counts=PressCounted, by=_BY, day="day", amount="articles"),
)
