"""What is counted about contents that are watched: how long it took until they were gone."""

from balise.foundation.statistics.measures import Measure
from balise.takedown.watch.events import ContentBack, ContentGone, HostMoved


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
