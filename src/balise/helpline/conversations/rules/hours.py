"""When the chat is open: a dated schedule from the country's pack, and whether anyone is seated."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.queue.rules import Band

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LOOKS_AHEAD = 30  # days
# So long after closing, people who still wait are taken out of the line.
_SHUT_AFTER = timedelta(minutes=30)


class Why(StrEnum):
    """Why it is open, or not."""

    OPEN = "open"
    OUT_OF_HOURS = "out-of-hours"
    HOLIDAY = "holiday"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Period:
    """The hours from a day on; a weekday without hours is closed."""

    since: date
    days: tuple[tuple[time, time] | None, ...]
    is_to_verify: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every period that ever was, oldest first, and what else the pack says about the chat."""

    zone: ZoneInfo
    periods: tuple[Period, ...]
    closed_on: frozenset[date]
    nicknames: Words
    kept: tuple[tuple[date, timedelta], ...]

    def hours_of(self, day: date) -> tuple[datetime, datetime] | None:
        """Return from when to when it is open on a day; None where it is not."""
        period = next((each for each in reversed(self.periods) if each.since <= day), None)
        hours = period.days[day.weekday()] if period and day not in self.closed_on else None
        if hours is None:
            return None
        opens, closes = (datetime.combine(day, at, tzinfo=self.zone) for at in hours)
        return opens, closes

    def kept_after(self, ended: date) -> timedelta:
        """Return how long what was said is kept, by the policy of the day on which it ended."""
        found = [days for since, days in self.kept if since <= ended]
        return found[-1] if found else self.kept[0][1]


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether one may come in now; until when, or from when."""

    is_open: bool
    why: Why
    closes_at: datetime | None = None
    opens_at: datetime | None = None


def open_state(moment: datetime, schedule: Schedule, seats: int) -> OpenState:
    """Return whether the chat is open at a moment, with so many consoles on.

    Within its hours and with no console on it is closed: nobody waits where no listener is there.
    """
    here = moment.astimezone(schedule.zone)
    hours = schedule.hours_of(here.date())
    if hours and hours[0] <= here < hours[1]:
        if seats > 0:
            return OpenState(is_open=True, why=Why.OPEN, closes_at=hours[1])
        return OpenState(is_open=False, why=Why.NOBODY, closes_at=hours[1])
    why = Why.HOLIDAY if here.date() in schedule.closed_on else Why.OUT_OF_HOURS
    return OpenState(is_open=False, why=why, opens_at=_next_opening(here, schedule))


def is_after_hours(moment: datetime, schedule: Schedule) -> bool:
    """Return whether it has been closed for half an hour and still is, whatever consoles are on."""
    moments = (moment - _SHUT_AFTER, moment)
    return not any(open_state(each, schedule, seats=1).is_open for each in moments)


@cache
def schedule(country: str, *, zone: str) -> Schedule:
    """Return a country's schedule; PackFaulty where the pack does not say what it must."""
    pack = load("balise.helpline.conversations", country=country, name="hours")
    periods = tuple(_period(entry) for entry in pack["periods"])
    days = [period.since for period in periods]
    if not periods or days != sorted(set(days)):
        raise PackFaulty("hours.periods: at least one, each later than the one before")
    kept = tuple((entry["since"], timedelta(days=entry["days"])) for entry in pack["kept_days"])
    if not kept:
        raise PackFaulty("hours.kept_days: at least one")
    return Schedule(
        zone=ZoneInfo(zone),
        periods=periods,
        closed_on=frozenset(pack["closed_on"]),
        nicknames=Words.read(pack["nicknames"], where="hours.nicknames"),
        kept=kept,
    )


def _next_opening(here: datetime, schedule: Schedule) -> datetime | None:
    for ahead in range(_LOOKS_AHEAD):
        hours = schedule.hours_of(here.date() + timedelta(days=ahead))
        if hours and hours[0] > here:
            return hours[0]
    return None


def _period(entry: dict[str, Any]) -> Period:
    given = entry["days"]
    if unknown := set(given) - set(_WEEKDAYS):
        raise PackFaulty(f"hours.periods: {unknown.pop()!r} is no weekday")
    days = tuple(_hours(given[name]) if name in given else None for name in _WEEKDAYS)
    return Period(entry["since"], days, bool(entry.get("to_verify", False)))


def _hours(pair: list[str]) -> tuple[time, time]:
    opens, closes = (time.fromisoformat(text) for text in pair)
    if opens >= closes:
        raise PackFaulty(f"hours.periods: {opens} is not before {closes}")
    return opens, closes


# What someone who waits reads of it: never more than the seats can keep.


_SOON = frozenset({Band.UNDER_5, Band.UNDER_15})


class Place(Protocol):
    """Where someone stands who waits; `seats`: how many listeners are there."""

    @property
    def ahead(self) -> int: ...
    @property
    def band(self) -> Band: ...
    @property
    def seats(self) -> int: ...
    @property
    def comes_first(self) -> bool: ...


def heading(state: ConversationState, place: Place | None, closed: OpenState | None) -> str:
    """Return the heading of the room: whether someone comes, and soon, or is there."""
    if closed is not None and closed.why is not Why.NOBODY:
        return _("The chat is closed for now")
    if closed is not None or (place is not None and place.band is Band.UNKNOWN):
        return _("No listener is free right now")
    if state is not ConversationState.WAITING:
        return _("Your conversation")
    if place is None or place.comes_first or place.band in _SOON:
        return _("Someone will answer you soon")
    return pgettext("youth", "Your place is kept")


def words(place: Place | None, closed: OpenState | None) -> str:
    """Return what the waiting room says; "" to someone who is with a listener.

    At risk A no time is told, and they may call.
    """
    if closed is not None:
        said = _closed_words(place, closed)
        return f"{_come_first()} {said}" if place is not None and place.comes_first else said
    if place is None:
        return ""
    if place.comes_first:
        return f"{_come_first()} {_first_words(place)}"
    if place.band is Band.UNKNOWN:
        unknown = pgettext("youth", "We do not know yet how long it takes.")
        return f"{_nobody_words()} {unknown}"
    if not place.ahead:
        return _("You are next. Waiting time: %(band)s.") % {"band": place.band.label}
    told = {"ahead": place.ahead, "band": place.band.label}
    return _("People before you: %(ahead)d. Waiting time: %(band)s.") % told


def _first_words(place: Place) -> str:
    if place.band is Band.UNKNOWN:
        return pgettext("youth", "No listener is free right now. You can call now:")
    return pgettext("youth", "Someone will answer you as soon as they can. You can call now:")


def _closed_words(place: Place | None, closed: OpenState) -> str:
    if closed.why is Why.NOBODY:
        return _nobody_words()
    said = _("The chat is closed for now.")
    if place is not None and place.seats and place.band is not Band.UNKNOWN:
        said = _("The chat has closed, but listeners are still here. One of them may answer you.")
    if closed.opens_at is None:
        return said
    opens = closed.opens_at  # by the centre's clock
    again = _(
        "It opens on %(day)s at %(at)s. Stay here, or come back with your code: you will be one "
        "of the first."
    ) % {"day": date_format(opens, "l j F"), "at": date_format(opens, "TIME_FORMAT")}
    return f"{said} {again}"


def _nobody_words() -> str:
    return _("No listener is free right now. You keep your place.")


def _come_first() -> str:
    return pgettext("youth", "You come first.")
