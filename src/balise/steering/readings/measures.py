"""What is counted of readings: visits add up over days; all else is asked for as it stands."""

from balise.foundation.statistics.measures import Measure
from balise.steering.readings.events import VisitsCounted

MEASURES = (
    Measure("steering.visits", counts=VisitsCounted, by=("thing",), day="day", amount="amount"),
)
