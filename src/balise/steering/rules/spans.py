"""Durations by bands: a duration is counted in the first band that contains it.

Tallies keep no single span, so a median is not known to the minute, only the band it falls in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext

HALF: Final = 0.5
NINE_IN_TEN: Final = 0.9
_HOUR: Final = 3_600
_DAY: Final = 24 * _HOUR

# In their order; “24h” and those before it make the share under a day.
BANDS: Final[Mapping[str, str | Promise]] = {
    "1h": gettext_lazy("1 hour or less"),
    "4h": gettext_lazy("1 to 4 hours"),
    "24h": gettext_lazy("4 to 24 hours"),
    "3d": gettext_lazy("1 to 3 days"),
    "7d": gettext_lazy("3 to 7 days"),
    "more": gettext_lazy("More than 7 days"),
}
_WITHIN: Final[Mapping[str, str | Promise]] = {
    "1h": gettext_lazy("within 1 hour"),
    "4h": gettext_lazy("within 4 hours"),
    "24h": gettext_lazy("within 24 hours"),
    "3d": gettext_lazy("within 3 days"),
    "7d": gettext_lazy("within 7 days"),
    "more": gettext_lazy("in more than 7 days"),
}
_UNDER_A_DAY: Final = ("1h", "4h", "24h")


@dataclass(frozen=True, slots=True)
class Spans:
    """What the bands and the seconds summed say of how long things took."""

    count: int
    under_a_day: int
    half: str
    nine_in_ten: str
    mean_seconds: int


def read_spans(counts: Mapping[str, int], *, seconds: int) -> Spans | None:
    """Return what bands say, or None where nothing was counted.

    `counts` are by band code; a code that is no band of ours counts as the longest.
    """
    known = {code: counts.get(code, 0) for code in BANDS}
    known["more"] += sum(count for code, count in counts.items() if code not in BANDS)
    count = sum(known.values())
    if not count:
        return None
    return Spans(
        count=count,
        under_a_day=sum(known[code] for code in _UNDER_A_DAY),
        half=quantile_band(known, HALF),
        nine_in_ten=quantile_band(known, NINE_IN_TEN),
        mean_seconds=round(seconds / count),
    )


def quantile_band(counts: Mapping[str, int], share: float) -> str:
    """Return the band in which this share of the counts is reached, counts being in band order.

    The share of n spans is the span of rank ceil(share × n), as for a median by rank.
    """
    # Rounded first: 0.9 × 10 is a little more than 9 in binary.
    rank = ceil(round(share * sum(counts.values()), 6))
    reached = 0
    for code, count in counts.items():
        reached += count
        if count and reached >= rank:
            return code
    raise ValueError("no band of nothing")


def within(band: str) -> str:
    """Return the band as the end of a sentence, as “within 4 hours”."""
    return str(_WITHIN[band])


def duration_words(seconds: int) -> str:
    """Return a duration in its two largest units, as “5 h 12 min”; under a minute, in seconds.

    No line breaks inside it.
    """
    return _duration(seconds).replace(" ", "\u00a0")


def _duration(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 - a minute
        return pgettext("duration", "%(seconds)d s") % {"seconds": seconds}
    if seconds < _HOUR:
        return pgettext("duration", "%(minutes)d min") % {"minutes": seconds // 60}
    if seconds < _DAY:
        hours, minutes = divmod(seconds // 60, 60)
        words = pgettext("duration", "%(hours)d h %(minutes)02d min")
        return words % {"hours": hours, "minutes": minutes}
    days, hours = divmod(seconds // _HOUR, 24)
    return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
