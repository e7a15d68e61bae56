"""What is counted about contents that are watched: how long it took until they were gone."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.watch.events import ContentBack, ContentGone, HostMoved

MEASURES = (
    Measure(
        "takedown.contents.gone",
        counts=ContentGone,
        by=("for_line",),
        day="gone_on",
        amount="seconds",
    ),
    Measure("takedown.contents.back", counts=ContentBack, by=("for_line",)),
    Measure("takedown.contents.host-moved", counts=HostMoved, by=("for_line", "by_site")),
)


def measures_of(line: str) -> tuple[Measure, ...]:
    """Return what is counted for the board of one line."""
    only = (("for_line", line),)
    return (
        Measure(
            f"{line}.removals.headings",
            counts=ContentGone,
            only=only,
            by=("heading",),
            day="gone_on",
            amount="seconds",
        ),
        Measure(
            f"{line}.removals.seen", counts=ContentGone, only=only, by=("seen",), day="gone_on"
        ),
        Measure(f"{line}.removals.back", counts=ContentBack, only=only),
        Measure(f"{line}.removals.host-moved", counts=HostMoved, only=only, by=("by_site",)),
    )
