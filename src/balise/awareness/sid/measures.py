"""What is counted of the day."""

from balise.awareness.sid import events
from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN

MEASURES = (
    Measure("awareness.sid-activities", counts=events.ActivityDeclared, by=("channel", "sort")),
    *shown_from(
        CHILDREN,
        Measure(
            "awareness.sid-met",
            counts=events.PeopleMet,
            by=("band", "channel"),
            day="day",
            amount="amount",
        ),
    ),
)
