"""What is counted about dossiers: how long they took to reach the police."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.onward.dossiers.events import DossierHandedOver

MEASURES = (
    # The median is read from the bands: the time from the first report to the police.
    Measure("takedown.time-to-police", counts=DossierHandedOver, by=("band",), amount="seconds"),
)
