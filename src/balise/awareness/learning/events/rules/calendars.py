"""What a calendar file says, and what is wrong with it: anyone's, ours among them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from balise.awareness.learning.events.rules.facts import is_zone

LARGEST: Final = 10_000_000  # octets


class Problem(StrEnum):
    """What is wrong with an event of a calendar."""

    NO_UID = "no-uid"
    NO_DTSTAMP = "no-dtstamp"
    NO_START = "no-start"
    FLOATING = "floating-time"
    EMPTY_LOCATION = "empty-location"
    UNKNOWN_ZONE = "unknown-tzid"
    ENDS_BEFORE = "end-before-start"
    OLDER = "older-sequence"  # imported before a change of ours
    UNREADABLE = "unreadable"  # a property of it


class CalendarUnreadable(ValueError):
    """The file is no calendar."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event of a calendar, as it was read; times as ISO 8601, empty where there is none."""

    uid: str
    start: str
    end: str
    summary: str
    status: str
    sequence: int
    problems: list[str]

    def told(self) -> dict[str, Any]:
        """Return it as one JSON object."""
        return asdict(self)


def read(octets: bytes, *, known: Mapping[str, int]) -> Iterator[Found]:
    """Yield the events of a calendar; `known` are the SEQUENCEs of ours by their UIDs.

    Raises CalendarUnreadable for what is no calendar.
    """
    if len(octets) > LARGEST:
        raise CalendarUnreadable("the file is too large")
    try:
        calendars = Calendar.from_ical(octets.decode("utf-8-sig"), multiple=True)
    except (ValueError, IndexError, KeyError) as fault:
        raise CalendarUnreadable("the file is no calendar") from fault
    if not calendars:
        raise CalendarUnreadable("the file is no calendar")
    for calendar in calendars:
        zones = {str(zone.get("tzid", "")) for zone in calendar.walk("VTIMEZONE")}
        for event in calendar.walk("VEVENT"):
            yield _found(event, zones=zones, known=known)


def _found(event: Any, *, zones: set[str], known: Mapping[str, int]) -> Found:
    uid, sequence = _text(event, "uid"), _number(event.get("sequence"))
    start, end = _time(event, "dtstart"), _time(event, "dtend")
    length = _value(event.get("duration"))
    if end is None and start is not None and isinstance(length, timedelta):
        end = start + length
    problems = [
        *([Problem.NO_UID] if not uid else []),
        *([Problem.NO_DTSTAMP] if "dtstamp" not in event else []),
        *([Problem.NO_START] if start is None else []),
        *_of_times(event, zones),
        *([Problem.ENDS_BEFORE] if _is_before(end, start) else []),
        *([Problem.EMPTY_LOCATION] if "location" in event and not _text(event, "location") else []),
        *([Problem.OLDER] if sequence < known.get(uid, 0) else []),
        *([Problem.UNREADABLE] if event.errors else []),
    ]
    return Found(
        uid=uid,
        start=start.isoformat() if start else "",
        end=end.isoformat() if end else "",
        summary=_text(event, "summary"),
        status=_text(event, "status"),
        sequence=sequence,
        problems=[one.value for one in problems],
    )


def _of_times(event: Any, zones: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with the zones of an event's times, each once."""
    times = [event[name] for name in ("dtstart", "dtend") if name in event]
    named = [str(one.params.get("TZID", "")) for one in times if hasattr(one, "params")]
    if any(name and name not in zones and not is_zone(name) for name in named):
        yield Problem.UNKNOWN_ZONE
    elif any(
        isinstance(moment := _value(one), datetime)
        and moment.tzinfo is None
        and not one.params.get("TZID")
        for one in times
    ):
        yield Problem.FLOATING


def _is_before(end: date | None, start: date | None) -> bool:
    if end is None or start is None:
        return False
    if isinstance(end, datetime) and isinstance(start, datetime):
        if (end.tzinfo is None) is not (start.tzinfo is None):
            end, start = end.replace(tzinfo=None), start.replace(tzinfo=None)
        return end < start
    return _day(end) < _day(start)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _time(event: Any, name: str) -> date | None:
    moment = _value(event.get(name))
    return moment if isinstance(moment, date) else None


def _value(found: Any) -> Any:
    """Return the moment or length that a property says; None where it cannot be read."""
    try:
        return getattr(found, "dt", None)
    except BrokenCalendarProperty:
        return None


def _text(event: Any, name: str) -> str:
    found = event.get(name, "")
    return str(found[0] if isinstance(found, list) else found).strip()


def _number(found: Any) -> int:
    try:
        return int(found or 0)
    except (TypeError, ValueError):
        return 0
