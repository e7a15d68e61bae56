"""How well something is known: who confirmed it, and how long ago."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FRESH_FOR = timedelta(days=180)


class Freshness(TextChoices):
    """Whether what is written was confirmed, and lately."""

    FRESH = "fresh", _("Confirmed")
    STALE = "stale", _("To be confirmed again")
    NEVER = "never", _("To be verified")


def freshness(checked_on: date | None, *, on: date, fresh_for: timedelta = FRESH_FOR) -> Freshness:
    """Return how well something is known that was last confirmed on a day, or never (None)."""
    if checked_on is None:
        return Freshness.NEVER
    return Freshness.FRESH if on - checked_on <= fresh_for else Freshness.STALE
