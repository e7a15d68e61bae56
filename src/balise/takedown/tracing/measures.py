"""What is counted about hosting: contents that change hands, and where they are found first."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.tracing.events import HostChanged, HostingFound

MEASURES = (
    Measure("takedown.hosting.found", counts=HostingFound, by=("for_line", "country", "cdn")),
    Measure(
        "takedown.hosts.changed",
        counts=HostChanged,
        by=("for_line",),
        day="changed_on",
        amount="days",
    ),
)
