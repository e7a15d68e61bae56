"""How well something is known: who confirmed it, and how long ago."""

from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy

FRESH_FOR = timedelta(days=180)


class Freshness(StrEnum):
    """Whether what is written was confirmed, and lately."""

    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


def freshness(checked_on: date | None, *, on: date, fresh_for: timedelta = FRESH_FOR) -> Freshness:
    """Return how well something is known that was last confirmed on a day, or never (None)."""
    if checked_on is None:
        return Freshness.NEVER
    return Freshness.FRESH if on - checked_on <= fresh_for else Freshness.STALE


_LABELS = {
    Freshness.FRESH: gettext_lazy("Confirmed"),
    Freshness.STALE: gettext_lazy("To be confirmed again"),
    Freshness.NEVER: gettext_lazy("To be verified"),
}
