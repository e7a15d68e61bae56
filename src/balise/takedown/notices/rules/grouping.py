"""Which notices leave in one mail, and when. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import batched

from balise.takedown.notices.rules.quiet import Quiet, next_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """When a notice may leave: after its `window` for others, and not in the `quiet`."""

    window: timedelta = timedelta()
    quiet: Quiet | None = None

    def at(self, asked_at: datetime, *, zone: tzinfo, others: Iterable[datetime] = ()) -> datetime:
        """Return when it leaves: with the first of the others that wait for the same mail.

        `others` are the moments at which notices to the same recipient leave.
        """
        alone = next_open(asked_at + self.window, self.quiet, zone)
        return max(asked_at, min((alone, *others)))


def mails[Item](items: Sequence[Item], *, most: int) -> list[tuple[Item, ...]]:
    """Return the items in groups of one mail each, as even as they can be, in order."""
    if not items:
        return []
    count = -(-len(items) // max(most, 1))
    size = -(-len(items) // count)
    return [tuple(group) for group in batched(items, size, strict=False)]
