"""What is counted about contents that are watched: how long it took until they were gone."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.watch.events import ContentBack, ContentGone

MEASURES = (
    Measure(
        "takedown.contents.gone",
        counts=ContentGone,
        by=("for_line",),
        day="gone_on",
        amount="seconds",
    ),
    Measure("takedown.contents.back", counts=ContentBack, by=("for_line",)),
)
