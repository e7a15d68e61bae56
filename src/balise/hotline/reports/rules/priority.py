"""Why a content comes before another: points, each with its reason, so that anyone can ask why."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

DANGER = "danger"
CATEGORY = "category"
CONCERNED = "concerned"
MINOR = "minor"
REPEATED = "repeated"
WAITED = "waited"

REASONS = {
    DANGER: _("Someone may be in danger now"),
    CATEGORY: _("Kind of content"),
    CONCERNED: _("The reporter knows the person concerned"),
    MINOR: _("The reporter is under 18"),
    REPEATED: _("Reported several times"),
    WAITED: _("Waiting for a long time"),
}

_DANGER_POINTS = 60
_CONCERNED_POINTS = 25
_MINOR_POINTS = 20
_REPEATED_STEP = 5
_REPEATED_MOST = 25
# The longest wait first.
WAITING_POINTS = ((timedelta(hours=72), 20), (timedelta(hours=24), 10))


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a content that bears on its place in the queue."""

    category_points: int
    danger: bool = False
    concerned: bool = False
    minor: bool = False
    reports: int = 1
    waited: timedelta = timedelta()


def points(signals: Signals) -> dict[str, int]:
    """Return the points by reason (codes of REASONS); a reason that gives none is left out."""
    parts = {
        DANGER: _DANGER_POINTS if signals.danger else 0,
        CATEGORY: signals.category_points,
        CONCERNED: _CONCERNED_POINTS if signals.concerned else 0,
        MINOR: _MINOR_POINTS if signals.minor else 0,
        REPEATED: min(_REPEATED_STEP * (signals.reports - 1), _REPEATED_MOST),
        WAITED: next((gain for after, gain in WAITING_POINTS if signals.waited >= after), 0),
    }
    return {reason: gain for reason, gain in parts.items() if gain}


def total(parts: dict[str, int]) -> int:
    """Return the priority: the sum of the points."""
    return sum(parts.values())
