"""What the home says of the chat: whether it is open, how long one waits, the hours elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import time_format

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.web.pages import Part
from balise.helpline.conversations import queries
from balise.helpline.conversations.rules.hours import OpenState, schedule
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import Band, WaitKind


@dataclass(frozen=True, slots=True)
class Opening:
    """The chat at this moment, and the wait of someone who comes now."""

    hours: OpenState
    wait: Band

    @property
    def someone_is_there(self) -> bool:
        """Return whether the chat is open, and someone in it could come."""
        return self.hours.is_open and self.wait is not Band.UNKNOWN


@dataclass(frozen=True, slots=True)
class Local:
    """A place of the country's pack: today's hours by its own clock, or a number."""

    label: str
    opens: str
    closes: str
    number: str


def opening(_about: object, _seen_by: Actor) -> Part:
    """Return the part of the home on the chat, in four queries."""
    standing = queue.newcomer(WaitKind.CHAT)
    shown = Opening(queries.open_for(standing), standing.band)
    return Part("helpline/conversations/parts.html#opening", shown)


def elsewhere(_about: object, _seen_by: Actor) -> Part | None:
    """Return the part of the home for places with another clock; None where there are none."""
    of_centre = schedule(settings.COUNTRY, zone=settings.TIME_ZONE)
    today = of_centre.hours_of(now().astimezone(of_centre.zone).date())
    shown = [
        Local(str(place.label), *_by_clock(place.zone, today), place.number)
        for place in settings.CENTRE.elsewhere
        if today or place.number
    ]
    return Part("helpline/conversations/parts.html#elsewhere", shown) if shown else None


def _by_clock(zone: ZoneInfo | None, today: tuple[datetime, datetime] | None) -> tuple[str, str]:
    if zone is None or today is None:
        return "", ""
    opens, closes = (time_format(each.astimezone(zone).time()) for each in today)
    return opens, closes
