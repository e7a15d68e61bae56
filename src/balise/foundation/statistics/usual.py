"""How long a step usually takes, in words for who waits: two bands, and nothing below the floor.

Pure. Tallies keep bands and no single span, so that the median and the 90th percentile
are told as the band that they fall in: “within 4 hours”, never a number of minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.clock import today
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.models import UsualDelay
from balise.foundation.statistics.queries import totals_of

# Durations by bands: tallies keep no single span, so a fact says in which band its own falls.


BANDS: Final = (
    ("1h", timedelta(hours=1)),
    ("4h", timedelta(hours=4)),
    ("24h", timedelta(hours=24)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
)
LONGEST_BAND: Final = "more"


def band(took: timedelta) -> str:
    """Return the code of the duration band that a span of time falls in, from BANDS or "more"."""
    return next((code for code, most in BANDS if took <= most), LONGEST_BAND)


# Fewer cases tell nothing of the next one: the step stands without a delay (decision 66).
FLOOR: Final = 20
LOOKED_BACK: Final = timedelta(days=90)
# An older value is not told: whatever computes it has stopped.
LASTS: Final = timedelta(days=7)

_WITHIN: Final[Mapping[str, Promise]] = {
    "1h": gettext_lazy("within an hour"),
    "4h": gettext_lazy("within 4 hours"),
    "24h": gettext_lazy("within a day"),
    "3d": gettext_lazy("within 3 days"),
    "7d": gettext_lazy("within a week"),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """The bands within which half and nine in ten of the last cases ended; `most` may be ""."""

    half: str
    most: str

    @property
    def words(self) -> str:
        """Return both in one sentence, or one where they are the same or the second is unknown."""
        half = str(_WITHIN[self.half])
        if not self.most or self.most == self.half:
            return _("usually %(half)s") % {"half": half}
        both = {"half": half, "most": str(_WITHIN[self.most])}
        return _("usually %(half)s, almost always %(most)s") % both


def usual(counts: Mapping[str, int]) -> Usual | None:
    """Return the usual delay from how many cases ended in each band.

    None below FLOOR, and where half of the cases took longer than the longest band.
    """
    total = sum(counts.values())
    if total < FLOOR:
        return None
    half = _reached(counts, total, 50)
    return Usual(half, _reached(counts, total, 90)) if half else None


def _reached(counts: Mapping[str, int], total: int, percentile: int) -> str:
    """Return the first band by whose end so many of a hundred had ended; "" where none is."""
    ended = 0
    for code, _most in BANDS:
        ended += counts.get(code, 0)
        if 100 * ended >= percentile * total:
            return code
    return ""


# The usual delays: computed from the tallies once a day, read by the public door.


_BAND = "band"


def note() -> None:
    """Compute the usual delay of each measure with bands, from its last 90 days.

    One that has too few cases now loses what was noted before.
    """
    measures = {name: (_BAND,) for name, each in MEASURES.items() if _BAND in each.by}
    on = today()
    found = totals_of(measures, on - LOOKED_BACK, on)
    noted = {
        name: told
        for name, rows in found.items()
        if (told := usual({row.codes[_BAND]: row.count for row in rows})) is not None
    }
    with transaction.atomic():
        UsualDelay.objects.exclude(measure__in=noted).delete()
        for name, told in noted.items():
            values = {"half": told.half, "most": told.most, "on": on}
            UsualDelay.objects.update_or_create(measure=name, defaults=values)


def usual_delays(*measures: str) -> Mapping[str, Usual]:
    """Return the usual delays of some measures that are known and not too old. One query."""
    found = UsualDelay.objects.filter(measure__in=measures, on__gte=today() - LASTS)
    return {one.measure: Usual(one.half, one.most) for one in found}
