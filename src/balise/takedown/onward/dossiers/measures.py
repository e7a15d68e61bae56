"""What is counted about dossiers: how many reached the police, how fast, and their outcomes."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.onward.dossiers.events import (
    DossierAcknowledged,
    DossierAnswered,
    DossierHandedOver,
    DossierOverdue,
    DossierRefused,
    HoldAsked,
)

MEASURES = (
    Measure(
        "takedown.dossiers.sent",
        counts=DossierHandedOver,
        by=("for_line", "authority", "offence", "channel"),
    ),
    # The median is read from the bands: the time from the first report to the police.
    Measure(
        "takedown.time-to-police",
        counts=DossierHandedOver,
        by=("band",),
        amount="seconds",
    ),
    Measure(
        "takedown.dossiers.acknowledged",
        counts=DossierAcknowledged,
        by=("for_line", "authority"),
        amount="seconds",
    ),
    Measure("takedown.dossiers.overdue", counts=DossierOverdue, by=("for_line", "authority")),
    Measure(
        "takedown.dossiers.answered", counts=DossierAnswered, by=("for_line", "authority", "answer")
    ),
    Measure(
        "takedown.dossiers.refused", counts=DossierRefused, by=("for_line", "authority", "refusal")
    ),
    Measure("takedown.holds", counts=HoldAsked, by=("for_line", "authority")),
)
