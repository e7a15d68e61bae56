"""How long removals take: INHOPE's three headings, and exact percentiles.

The headings are “under 3 days”, “4 to 6 days” and “7 days and more” [to be verified: INHOPE's
public figures]. Read literally they leave gaps, so days that have begun are counted: a removal
after two and a half days is on its third day, one after three days and an hour on its fourth.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy as _, pgettext

PERCENTILES = (50, 75, 90)
_DAY = int(timedelta(days=1).total_seconds())
_THIRD, _SIXTH = 3, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What removals are told apart by: the organisation that was told first, the AS number, the
    country (ISO 3166) and the line's own category. None and "" are what is not known (yet).
    """

    host: UUID | None = None
    network: int | None = None
    country: str = ""
    category: str = ""


class Heading(TextChoices):
    """INHOPE's headings of the time to removal."""

    UNDER_3 = "under-3-days", _("Up to 3 days")
    FROM_4 = "4-to-6-days", _("4 to 6 days")
    FROM_7 = "7-days-or-more", _("7 days or more")


def heading(seconds: int) -> Heading:
    """Return INHOPE's heading of a removal, by the day on which it came."""
    day = ceil(seconds / _DAY)
    if day <= _THIRD:
        return Heading.UNDER_3
    return Heading.FROM_4 if day <= _SIXTH else Heading.FROM_7


def bounds(of: Heading) -> tuple[int, int | None]:
    """Return the seconds of a heading: more than the first, at most the second (None: no end)."""
    match of:
        case Heading.UNDER_3:
            return -1, _THIRD * _DAY
        case Heading.FROM_4:
            return _THIRD * _DAY, _SIXTH * _DAY
    return _SIXTH * _DAY, None


def rank_of(percentile: int, count: int) -> int:
    """Return the place, from 1, of a percentile among `count` sorted values (nearest rank).

    That value was really measured, and at least so many of a hundred are not above it.
    """
    if not 0 < percentile <= 100 or count < 1:  # noqa: PLR2004 - of a hundred
        raise ValueError("a percentile is of a hundred, among one value or more")
    return -(-percentile * count // 100)


def duration_words(seconds: int) -> str:
    """Return a duration in its two largest units, as “5 h 12 min”, without line breaks."""
    minutes, hours, days = seconds // 60, seconds // 3_600, seconds // _DAY
    if days:
        words = gettext("%(days)d d %(hours)d h") % {"days": days, "hours": hours % 24}
    elif hours:
        words = pgettext("duration", "%(hours)d h %(minutes)02d min") % {
            "hours": hours,
            "minutes": minutes % 60,
        }
    elif minutes:
        words = pgettext("duration", "%(minutes)d min") % {"minutes": minutes}
    else:
        words = pgettext("duration", "%(seconds)d s") % {"seconds": seconds}
    return words.replace(" ", "\N{NO-BREAK SPACE}")
