"""iCalendar (RFC 5545, 5546, 7986): what a calendar is told of events. The only writer of it.

Times stand in the event's own zone, with the changes of that zone beside them: a calendar that does
not know the zone's name shows the right hour, and one that does follows a change of the law.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

TYPE: Final = "text/calendar"
PRODUCT: Final = "-//Balise//Events//EN"
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_NOTHING: Final = timedelta()

type Offset = Callable[[datetime], timedelta]


class Method(StrEnum):
    """Why a calendar is sent (RFC 5546): to whoever reads it, to one person, to take it away."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event for a calendar. `uid` never changes; `sequence` rises with what people must know.

    `organiser` and `attendee` are mail addresses; a published calendar has no attendee.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    organiser: str
    organiser_name: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    attendee: str = ""
    is_cancelled: bool = False


def write(
    events: Sequence[CalendarEvent],
    *,
    method: Method,
    name: str = "",
    refresh: timedelta | None = None,
) -> bytes:
    """Return a calendar; the same events give the same octets. `refresh`: when to ask again."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", method.value)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if refresh is not None:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", refresh)
    for zone in sorted({each.zone for each in events}):
        times = [
            at for each in events if each.zone == zone for at in (each.starts_at, each.ends_at)
        ]
        years = [at.astimezone(ZoneInfo(zone)).year for at in times]
        calendar.add_component(_zone(zone, min(years), max(years)))
    for each in events:
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


def _event(told: CalendarEvent) -> Event:
    event, zone = Event(), ZoneInfo(told.zone)
    event.add("uid", told.uid)
    event.add("dtstamp", told.changed_at.astimezone(UTC))
    event.add("last-modified", told.changed_at.astimezone(UTC))
    event.add("sequence", told.sequence)
    event.add("dtstart", told.starts_at.astimezone(zone))
    event.add("dtend", told.ends_at.astimezone(zone))
    event.add("summary", told.summary)
    event.add("status", "CANCELLED" if told.is_cancelled else "CONFIRMED")
    for field in ("description", "location", "url"):
        if text := getattr(told, field):  # an empty LOCATION empties what a calendar had
            event.add(field, text)
    organiser = vCalAddress(f"mailto:{told.organiser}")
    if told.organiser_name:
        organiser.params["CN"] = told.organiser_name
    event.add("organizer", organiser)
    if told.attendee:
        attendee = vCalAddress(f"mailto:{told.attendee}")
        attendee.params["PARTSTAT"] = "ACCEPTED"  # they registered with us
        event.add("attendee", attendee)
    return event


def _zone(name: str, first: int, last: int) -> Timezone:
    """Return a zone with each change of its clocks in some years.

    The library's own writes the beginning of summer an hour late: RFC 5545 (3.6.5) counts a change
    in the time before it.
    """
    zone = Timezone()
    zone.add("tzid", name)
    for moment, before in _changes(name, first, last):
        local = moment.astimezone(ZoneInfo(name))
        part = TimezoneDaylight() if local.dst() else TimezoneStandard()
        part.add("dtstart", (moment + before).replace(tzinfo=None))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", local.utcoffset())
        part.add("tzname", local.tzname() or name)
        zone.add_component(part)
    return zone


@cache
def _changes(name: str, first: int, last: int) -> Sequence[tuple[datetime, timedelta]]:
    """Return when a zone's offset changes (UTC), with the one before; the beginning comes first."""
    zone = ZoneInfo(name)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(zone).utcoffset() or _NOTHING

    begins, ends = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    found = [(begins - offset(begins), offset(begins))]
    for one, other in pairwise(_days(begins, ends)):
        if offset(one) != offset(other):
            found.append((_change(one, other, offset), offset(one)))
    return found


def _change(before: datetime, after: datetime, offset: Offset) -> datetime:
    """Return the minute in which an offset changes, between two moments."""
    was = offset(before)
    while after - before > _MINUTE:
        middle = before + (after - before) // 2
        before, after = (middle, after) if offset(middle) == was else (before, middle)
    return after.replace(second=0, microsecond=0)


def _days(begins: datetime, ends: datetime) -> Iterator[datetime]:
    while begins <= ends:
        yield begins
        begins += _DAY
