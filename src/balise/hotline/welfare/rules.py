"""When looking is enough: the centre's limits, and what they say at a moment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused

# The centre's limits, from its country pack: how long, how often, until when.


WHOLE = 100  # a weight in hundredths
_HOURS = re.compile(r"([0-2]?\d:[0-5]\d)-([0-2]?\d:[0-5]\d)")
_A_DAY = 24 * 60


class TooLoose(Refused, code="too-loose"):
    """Someone's own limits are never looser than the centre's."""


@dataclass(frozen=True, slots=True)
class Severity:
    """How much a content weighs on its analyst; `weight` in hundredths, never below WHOLE.

    After it, `rest` must pass before another one that is not light.
    """

    code: str
    label: Words
    weight: int
    rest: timedelta
    in_cool_down: bool
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one may look in a day and in one go, and within which hours of the centre's zone."""

    day: timedelta
    stretch: timedelta
    pause: timedelta
    starts_at: time
    stops_at: time | None
    cool_down: timedelta
    left_open: timedelta
    moment: timedelta
    forgotten_after: timedelta
    fewest_people: int  # sums of fewer are not shown, nor of nobody
    usual: str
    severities: tuple[Severity, ...]

    def severity(self, code: str) -> Severity:
        """Return the severity with this code; one that the pack dropped reads as the usual one."""
        found = {one.code: one for one in self.severities}
        return found.get(code) or found[self.usual]

    def severity_of(self, category: str) -> Severity:
        """Return the weight of a content of this category."""
        found = (one for one in self.severities if category in one.categories)
        return next(found, self.severity(self.usual))

    def within(self, hours: str) -> "Limits":
        """Return the limits with a centre's own hours, `08:00-15:30`; `any` is no hours at all."""
        if not hours:
            return self
        if hours == "any":
            return replace(self, starts_at=time.min, stops_at=None)
        match = _HOURS.fullmatch(hours)
        if match is None:
            raise PackFaulty(f"hours of looking are written 07:00-16:00, not {hours!r}")
        starts_at, stops_at = _time(match[1]), _time(match[2])
        if starts_at >= stops_at:
            raise PackFaulty(f"hours of looking start before they stop, not {hours!r}")
        return replace(self, starts_at=starts_at, stops_at=stops_at)

    def gentler(
        self, *, day: timedelta | None, stretch: timedelta | None, stops_at: time | None
    ) -> "Limits":
        """Return the limits with someone's own; where these are looser, the centre's stay."""
        stops = [moment for moment in (self.stops_at, stops_at) if moment is not None]
        return replace(
            self,
            day=min(self.day, day or self.day),
            stretch=min(self.stretch, stretch or self.stretch),
            stops_at=min(stops, default=None),
        )

    def check_gentler(
        self, *, day: timedelta | None, stretch: timedelta | None, stops_at: time | None
    ) -> None:
        """Raise TooLoose where someone's own limits would let them look longer than these."""
        is_looser = (day or self.day) > self.day or (stretch or self.stretch) > self.stretch
        is_later = bool(self.stops_at and stops_at and stops_at > self.stops_at)
        if is_looser or is_later or (stops_at is not None and stops_at <= self.starts_at):
            raise TooLoose(str(_("Your limits must be stricter than the centre’s.")))


@cache
def limits(country: str) -> Limits:
    """Return a country's limits; raise PackFaulty where they would not protect anyone."""
    pack = load("balise.hotline.welfare", country=country, name="welfare")
    severities = tuple(_severity(entry) for entry in pack["severities"])
    found = Limits(
        day=_minutes(pack, "day_minutes"),
        stretch=_minutes(pack, "stretch_minutes"),
        pause=_minutes(pack, "break_minutes"),
        starts_at=_time(pack["starts_at"]),
        stops_at=_time(pack["stops_at"]),
        cool_down=_minutes(pack, "cool_down_minutes"),
        left_open=_minutes(pack, "left_open_minutes"),
        moment=timedelta(seconds=int(pack["moment_seconds"])),
        forgotten_after=timedelta(days=int(pack["forgotten_after_days"])),
        fewest_people=max(2, int(pack["fewest_people"])),
        usual=str(pack["usual"]),
        severities=severities,
    )
    _check(found, country)
    return found


def _check(found: Limits, country: str) -> None:
    codes = [one.code for one in found.severities]
    if len(set(codes)) != len(codes) or found.usual not in codes:
        raise PackFaulty(f"welfare of {country}: each severity once, and the usual one among them")
    named = [category for one in found.severities for category in one.categories]
    if len(set(named)) != len(named):
        raise PackFaulty(f"welfare of {country}: a category has one severity")
    if found.stops_at is None or found.starts_at >= found.stops_at:
        raise PackFaulty(f"welfare of {country}: a day starts before it stops")


def _severity(entry: dict[str, Any]) -> Severity:
    where = f"welfare.severities.{entry.get('code')}"
    weight = entry.get("weight")
    if not isinstance(weight, int) or weight < WHOLE:
        raise PackFaulty(f"{where}: a weight is {WHOLE} at least")
    categories: Iterable[object] = entry.get("categories", ())
    return Severity(
        code=str(entry["code"]),
        label=Words.read(entry.get("label"), where=where),
        weight=weight,
        rest=_minutes(entry, "rest_minutes") if "rest_minutes" in entry else timedelta(),
        in_cool_down=entry.get("in_cool_down") is True,
        categories=frozenset(str(one) for one in categories),
    )


def _minutes(pack: dict[str, Any], name: str) -> timedelta:
    minutes = pack.get(name)
    if not isinstance(minutes, int) or not 0 < minutes <= _A_DAY:
        raise PackFaulty(f"welfare.{name}: minutes, from 1 to {_A_DAY}")
    return timedelta(minutes=minutes)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise PackFaulty(f"welfare: {text!r} is no time of day") from error


# Whether someone may look now, and what looking adds to their day. Pure: the moment is given.


# A page tells every ten seconds that it still shows something; a page in the background, once a
# minute. What was not told for longer was not shown, or is not known to have been.
LONGEST_BEAT = timedelta(seconds=75)


class Why(TextChoices):
    """Why nothing is shown now."""

    HOURS = "hours", _("Viewing hours are over")
    DAY = "day", _("Enough for today")
    OWN_BREAK = "own-break", _("You are on a break")
    PAUSE = "pause", _("Time for a break")
    COOL_DOWN = "cool-down", _("End of day")
    REST = "rest", _("Take a moment after hard content")


@dataclass(frozen=True, slots=True)
class SoFar:
    """Someone's day until now. `weighed` is in hundredths of seconds times the severity's weight.

    A stretch begins with the first look after a break; `looked_at` is the last one. A break that
    was asked for ends at `break_ends_at`, the rest after a hard content at `rested_at`.
    """

    weighed: int = 0
    breaks: int = 0
    stretch_began_at: datetime | None = None
    looked_at: datetime | None = None
    break_ends_at: datetime | None = None
    rested_at: datetime | None = None

    @property
    def weighed_time(self) -> timedelta:
        return timedelta(seconds=self.weighed / WHOLE)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether one may look; if not, why, and until when if it is known before tomorrow."""

    why: Why | None = None
    until: datetime | None = None

    @property
    def allows(self) -> bool:
        return self.why is None


def ruling(
    so_far: SoFar, *, at: datetime, severity: Severity, limits: Limits, goes_on: bool = False
) -> Ruling:
    """Return whether someone may look at a content of this severity; `at` is in the centre's zone.

    The hours come first, then the day, then the break, then the cool-down, then the rest after a
    hard content; this last one does not apply to the same content (`goes_on`).
    """
    stops_at = _stop(at, limits)
    if at.time() < limits.starts_at or (stops_at is not None and at >= stops_at):
        return Ruling(Why.HOURS)
    if so_far.weighed_time >= limits.day:
        return Ruling(Why.DAY)
    on_break = _break(so_far, at, limits)
    if on_break is not None:
        return on_break
    if stops_at and at >= stops_at - limits.cool_down and not severity.in_cool_down:
        return Ruling(Why.COOL_DOWN)
    is_resting = so_far.rested_at is not None and at < so_far.rested_at
    if is_resting and not severity.in_cool_down and not goes_on:
        return Ruling(Why.REST, so_far.rested_at)
    return Ruling()


def looking(so_far: SoFar, *, at: datetime, severity: Severity, limits: Limits) -> SoFar:
    """Return the day after a look begins; a long enough pause before it was a break."""
    so_far = replace(so_far, break_ends_at=None)
    had_break = so_far.looked_at is None or at - so_far.looked_at >= limits.pause
    if not had_break:
        return _seen(so_far, max(at, so_far.looked_at or at), severity)
    breaks = so_far.breaks + (so_far.looked_at is not None)
    return _seen(replace(so_far, breaks=breaks, stretch_began_at=at), at, severity)


def looked(so_far: SoFar, *, at: datetime, severity: Severity) -> tuple[SoFar, int]:
    """Return the day after a look went on until `at`, and the whole seconds that it adds.

    The seconds are those of our own clock since the last sign; after too long a silence, none.
    """
    since = at - so_far.looked_at if so_far.looked_at else timedelta()
    if since < timedelta():
        return so_far, 0
    seconds = round(since.total_seconds()) if since <= LONGEST_BEAT else 0
    weighed = so_far.weighed + seconds * severity.weight
    return _seen(replace(so_far, weighed=weighed), at, severity), seconds


def glanced(so_far: SoFar, *, severity: Severity, limits: Limits) -> tuple[SoFar, int]:
    """Return the day after a look without script, when it begins; it counts in full, in seconds."""
    seconds = round(limits.moment.total_seconds())
    return replace(so_far, weighed=so_far.weighed + seconds * severity.weight), seconds


def left(so_far: SoFar, *, limits: Limits) -> timedelta:
    """Return what is left of the day, for contents of the least weight."""
    return max(timedelta(), limits.day - so_far.weighed_time)


def _seen(so_far: SoFar, at: datetime, severity: Severity) -> SoFar:
    rested_at = at + severity.rest if severity.rest else so_far.rested_at
    return replace(so_far, looked_at=at, rested_at=rested_at)


def _break(so_far: SoFar, at: datetime, limits: Limits) -> Ruling | None:
    if so_far.break_ends_at and at < so_far.break_ends_at:
        return Ruling(Why.OWN_BREAK, so_far.break_ends_at)
    ends_at = so_far.looked_at + limits.pause if so_far.looked_at else None
    if ends_at and at < ends_at and _since_break(so_far, at) >= limits.stretch:
        return Ruling(Why.PAUSE, ends_at)
    return None


def _since_break(so_far: SoFar, at: datetime) -> timedelta:
    return at - so_far.stretch_began_at if so_far.stretch_began_at else timedelta()


def _stop(at: datetime, limits: Limits) -> datetime | None:
    if limits.stops_at is None:
        return None
    return at.replace(
        hour=limits.stops_at.hour, minute=limits.stops_at.minute, second=0, microsecond=0
    )
