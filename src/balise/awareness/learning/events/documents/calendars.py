"""A calendar file, read in a child with limits: anyone may have written it."""

from collections.abc import Mapping
from typing import Final

import orjson

from balise.awareness.learning.events.rules import calendars
from balise.awareness.learning.events.rules.calendars import LARGEST, CalendarUnreadable, Found
from balise.foundation import apart
from balise.foundation.limited.calling import Limits
from balise.foundation.limited.child import CannotWork

_LIMITS: Final = Limits(processor=20, memory=800_000_000, time=60.0, answer=30_000_000)


def read(octets: bytes, *, known: Mapping[str, int]) -> list[Found]:
    """Return the events of a calendar, as `rules.calendars.read` does. Raises the same."""
    if len(octets) > LARGEST:
        raise CalendarUnreadable("the file is too large")
    try:
        found = apart.answered(work, orjson.dumps(known) + b"\n" + octets, limits=_LIMITS)
    except apart.Unreadable as fault:
        why = "is no calendar" if fault.code == "calendar" else "cannot be read within our limits"
        raise CalendarUnreadable(f"the file {why}") from None
    return [Found(**each) for each in found]


def work(octets: bytes) -> bytes:
    """Return the events as JSON; the first line says the SEQUENCEs that are known."""
    known, _line, sent = octets.partition(b"\n")
    try:
        found = [each.told() for each in calendars.read(sent, known=orjson.loads(known))]
    except CalendarUnreadable:
        raise CannotWork("calendar") from None
    return orjson.dumps(found)
