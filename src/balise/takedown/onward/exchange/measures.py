"""What is counted: exchanged out and in, by country, state and outcome."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.onward.exchange.events import IccamMoved, IccamStepped, TransferMoved

MEASURES = (
    Measure(
        "takedown.exchange.transfers",
        counts=TransferMoved,
        by=("direction", "country", "state"),
    ),
    Measure(
        "takedown.exchange.outcomes",
        counts=TransferMoved,
        by=("direction", "country", "outcome", "reason"),
    ),
    Measure("takedown.iccam.contents", counts=IccamMoved, by=("direction", "country", "state")),
    Measure("takedown.iccam.steps", counts=IccamStepped, by=("kind", "what", "state")),
)
