"""When each site is next asked: when one of its contents is due, and it may be asked again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from balise.takedown.watch.models import Site


@dataclass(frozen=True, slots=True)
class Turn:
    """When the first content of a site is due (None: never), from when the site may be asked
    again, and how many of its contents are still looked at.
    """

    due_at: datetime | None
    free_at: datetime | None
    contents: int

    @property
    def at(self) -> datetime | None:
        """The site's next turn."""
        if self.due_at is None or self.free_at is None:
            return self.due_at
        return max(self.due_at, self.free_at)


def turns_of(site_ids: Collection[int]) -> dict[int, Turn]:
    """Return the turns of sites by id, from their contents; a site without any is left out."""
    found = Site.objects.filter(id__in=site_ids).annotate(
        due_at=Min("contents__next_check_at"),
        due=Count("contents__next_check_at"),
        held=Count("contents"),
    )
    return {
        site_id: Turn(due_at, free_at, due)
        for site_id, due_at, free_at, due, held in found.values_list(
            "id", "due_at", "free_at", "due", "held"
        )
        if held
    }


def next_turn() -> datetime | None:
    """Return when the next site has its turn, or None while nothing is watched."""
    waiting = Site.objects.filter(turn_at__isnull=False).order_by("turn_at")
    return waiting.values_list("turn_at", flat=True).first()
