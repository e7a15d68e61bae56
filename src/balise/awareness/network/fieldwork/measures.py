"""What is counted in the field. A correction is counted as what it adds, or takes."""

from balise.awareness.network.fieldwork import events
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN

MEASURES = (
    Measure(
        "awareness.workshops",
        counts=events.WorkshopCounted,
        by=("kit", "method"),
        day="day",
        amount="amount",
    ),
    Measure(
        "awareness.people",
        counts=events.PeopleMet,
        by=("band", "campaign"),
        day="day",
        amount="amount",
        threshold=CHILDREN,
    ),
    Measure(
        "awareness.interventions",
        counts=events.InterventionMet,
        by=("host_line",),
        day="day",
        amount="amount",
        threshold=CHILDREN,
    ),
    Measure(
        "awareness.groups",
        counts=events.GroupMet,
        by=("group",),
        day="day",
        amount="amount",
        threshold=CHILDREN,
    ),
    Measure("awareness.asked", counts=events.InterventionAsked, by=("is_again",)),
)
