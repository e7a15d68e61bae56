"""When an event is, in the words of the active language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as formatted
from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from balise.awareness.learning.events.rules.facts import said, zones


@dataclass(frozen=True, slots=True)
class When:
    """A time in words: `day` is the whole date, `weekday` and `month` short ones for a box."""

    starts_at: datetime
    day: str
    weekday: str
    number: str
    month: str
    hours: str
    zone: str

    def __str__(self) -> str:
        return _("%(day)s, %(hours)s, %(zone)s") % {
            "day": self.day,
            "hours": self.hours,
            "zone": self.zone,
        }


def when(starts_at: datetime, ends_at: datetime, zone: str) -> When:
    """Return when something is, in its own zone."""
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (starts_at, ends_at))
    if start.date() == end.date():
        hours = _("%(start)s to %(end)s") % {"start": hour(start), "end": hour(end)}
        day = _day(start)
    else:
        hours = hour(start)
        day = _("%(first)s to %(last)s") % {"first": _day(start), "last": _day(end)}
    return When(
        start,
        day,
        formatted(start, "D"),
        formatted(start, "j"),
        formatted(start, pgettext("format of a short month", "M")),
        hours,
        said(zone, settings.COUNTRY),
    )


def elsewhere(starts_at: datetime, zone: str) -> Sequence[str]:
    """Return the hour in the country's other zones, those of one hour together."""
    own = starts_at.astimezone(ZoneInfo(zone)).utcoffset()
    places: dict[datetime, list[str]] = {}
    for each in zones(settings.COUNTRY):
        there = starts_at.astimezone(ZoneInfo(each.name))
        if there.utcoffset() != own:
            places.setdefault(there.replace(tzinfo=None), []).append(str(each.there))
    here = starts_at.astimezone(ZoneInfo(zone)).date()
    return [
        f"{hour(at) if at.date() == here else _with_day(at)} {', '.join(names)}"
        for at, names in sorted(places.items())
    ]


def _with_day(moment: datetime) -> str:
    return f"{formatted(moment, 'D j')} {hour(moment)}"


def _day(moment: datetime) -> str:
    return date_format(moment, pgettext("format of a day", "l j F Y"))


def hour(moment: datetime) -> str:
    """Return the hour and minute of a moment, in its own zone: 18 h 30, 6:30 p.m."""
    return formatted(moment, pgettext("format of an hour", "g:i a"))
