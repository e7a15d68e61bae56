"""What is counted of structures: who joined. How many are open now is a stock, not a sum."""

from balise.awareness.network.structures.events import StructureClosed, StructureRegistered
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import LISTED

MEASURES = (
    Measure(
        "awareness.structures-joined",
        counts=StructureRegistered,
        by=("kind", "zone", "area"),
        threshold=LISTED,
    ),
    Measure(
        "awareness.structures-left",
        counts=StructureClosed,
        by=("kind", "zone", "area"),
        threshold=LISTED,
    ),
)
