"""Why a content comes before another: points, each with its reason, so that anyone can ask why.

Danger is no matter of points: what may be dangerous comes before all the rest, and among itself by
points.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

CATEGORY = "category"
CONCERNED = "concerned"
MINOR = "minor"
REPEATED = "repeated"
WAITED = "waited"

REASONS = {
    CATEGORY: _("Kind of content"),
    CONCERNED: _("The reporter knows the person concerned"),
    MINOR: _("The reporter is under 18"),
    REPEATED: _("Reported several times"),
    WAITED: _("Waiting for a long time"),
}

# Above all that points can add up to.
DANGER_BAND = 1_000
_CONCERNED_POINTS = 25
_MINOR_POINTS = 20
_REPEATED_STEP = 5
_REPEATED_MOST = 25
# The longest wait first.
WAITING_POINTS = ((timedelta(hours=72), 20), (timedelta(hours=24), 10))


def points(
    category_points: int, *, concerned: bool, minor: bool, reports: int, waited: int = 0
) -> dict[str, int]:
    """Return the points by reason (codes of REASONS); a reason that gives none is left out.

    `waited` are the points that its wait has given so far.
    """
    parts = {
        CATEGORY: category_points,
        CONCERNED: _CONCERNED_POINTS if concerned else 0,
        MINOR: _MINOR_POINTS if minor else 0,
        REPEATED: min(_REPEATED_STEP * (reports - 1), _REPEATED_MOST),
        WAITED: waited,
    }
    return {reason: gain for reason, gain in parts.items() if gain}


def total(parts: dict[str, int], *, danger: bool) -> int:
    """Return the priority: the sum of the points, in the band of danger above all that is not."""
    return sum(parts.values()) + (DANGER_BAND if danger else 0)


def points_in_band(priority: int) -> int:
    """Return the points of a priority, whichever its band."""
    return priority % DANGER_BAND
