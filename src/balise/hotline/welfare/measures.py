"""What is counted about looking: of the team, by severity. Never by person."""

from balise.foundation.statistics.measures import Measure
from balise.hotline.welfare.events import BreaksCounted, ContentRevealed, ExposureCounted

MEASURES = (
    Measure("hotline.welfare.reveals", counts=ContentRevealed, by=("severity",)),
    Measure(
        "hotline.welfare.seconds",
        counts=ExposureCounted,
        by=("severity",),
        day="ended_on",
        amount="seconds",
    ),
    Measure(
        "hotline.welfare.items",
        counts=ExposureCounted,
        by=("severity",),
        day="ended_on",
        amount="items",
    ),
    Measure("hotline.welfare.breaks", counts=BreaksCounted, day="ended_on", amount="breaks"),
)
