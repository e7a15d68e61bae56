"""What is counted of training."""

from balise.awareness.network.training.events import BadgeGiven, ModuleCounted
from balise.foundation.statistics.measures import Measure

MEASURES = (
    Measure(
        "awareness.module",
        counts=ModuleCounted,
        by=("what",),
        day="day",
        amount="times",
    ),
    Measure("awareness.badges", counts=BadgeGiven, by=("audience", "area", "way")),
)
