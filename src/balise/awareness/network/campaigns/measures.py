"""What is counted of media plans: what was declared, and what turned out not to be true."""

from balise.awareness.network.campaigns.events import MediumDeclared, MediumWithdrawn
from balise.foundation.statistics.measures import Measure

MEASURES = (
    Measure("awareness.media", counts=MediumDeclared, by=("campaign", "medium"), amount="number"),
    Measure(
        "awareness.media-withdrawn",
        counts=MediumWithdrawn,
        by=("campaign", "medium"),
        amount="number",
    ),
)
