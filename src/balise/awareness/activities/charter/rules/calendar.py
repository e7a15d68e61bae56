"""The days on which a family looks at its charter again, as a calendar file. Pure.

The file says « Family charter: let us talk » and nothing else: a shared calendar is read by others.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from balise.awareness.activities.charter.rules.charter import LATER, Charter
from balise.awareness.learning.events.rules.ical import CalendarEvent, Method, write

_AT: Final = time(18, 0)
_LASTS: Final = timedelta(minutes=15)


def days(charter: Charter, *, today: date) -> tuple[date, ...]:
    """Return the days still to come: the end of each trial, and 30 days after the charter."""
    ends = {pick.until for pick in charter.agreed.values() if pick.until}
    again = (charter.made or today) + LATER
    return tuple(sorted(day for day in {*ends, again} if day >= today))


def write_days(
    found: Sequence[date], *, at: datetime, zone: str, page: str, sender: str, centre: str
) -> bytes:
    """Return the file; `page` is the address of the charter's first page, the same for all.

    A day has the same UID each time, so that a calendar that reads the file twice holds it once.
    """
    host = sender.rpartition("@")[2]
    return write(
        [
            CalendarEvent(
                uid=f"{uuid5(NAMESPACE_URL, f'{page}#{day.isoformat()}')}@{host}",
                sequence=0,
                changed_at=at,
                starts_at=(begins := datetime.combine(day, _AT, ZoneInfo(zone))),
                ends_at=begins + _LASTS,
                zone=zone,
                summary=_("Family charter: let us talk about it"),
                url=page,
                organiser=sender,
                organiser_name=centre,
            )
            for day in found
        ],
        method=Method.PUBLISH,
    )
