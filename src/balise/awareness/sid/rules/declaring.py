"""What an activity and its message must be, and how many were met. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.sid.rules.words import Band
from balise.foundation.refusals import Refused

MOST: Final = 5_000  # people at one activity
LONGEST_NAME: Final = 120
LONGEST_MESSAGE: Final = 280
# An address or a number on a wall that classes read would lead to someone.
_LEADS_TO_SOMEONE: Final = re.compile(r"@|https?:|www\.|(?:\d[ .-]?){9,}")


class MessageFaulty(Refused, code="message-faulty"):
    field = "says"


class TooMany(Refused, code="too-many"):
    pass


class TooSoon(Refused, code="too-soon"):
    pass


class EditionOver(Refused, code="edition-over"):
    pass


class ActivityGone(Refused, code="activity-gone"):
    pass


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people were met, as far as declarations tell: bounds, never a number of persons.

    Someone at two activities is in `attendances` twice; `at_least` were one and the same group at
    most. None where nothing was declared as met.
    """

    attendances: int
    at_least: int


def check_message(says: str) -> None:
    """Refuse a message that leads to someone: an address, a link, a telephone number."""
    if _LEADS_TO_SOMEONE.search(says):
        raise MessageFaulty(_("Leave out addresses, links and telephone numbers."))


def check_met(met: Mapping[Band, int], *, on: date, today: date) -> None:
    """Refuse people met before the day of the activity, and more than a place holds."""
    if today < on:
        raise TooSoon(_("Say how many came once the activity has taken place."))
    if sum(met.values()) > MOST:
        raise TooMany(_("That is more than %(most)s people.") % {"most": MOST})


def reach(activities: Iterable[Mapping[str, int]]) -> Reach | None:
    """Return the bounds of who was met; each activity has its heads by band."""
    sums = [sum(met.values()) for met in activities if met]
    return Reach(sum(sums), max(sums)) if sums else None
