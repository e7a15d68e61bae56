"""The diary as a calendar file (RFC 5545): days, without hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Balise//Diary//EN"


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry for a calendar."""

    uid: str
    first: date
    last: date
    title: str
    place: str
    changed_at: datetime


def write(entries: Sequence[Dated]) -> bytes:
    """Return a calendar; the same entries give the same octets."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.changed_at)
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))  # the day after, by the standard
        event.add("summary", entry.title)
        if entry.place:
            event.add("location", entry.place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
