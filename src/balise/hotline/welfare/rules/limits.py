"""The centre's limits, from its country pack: how long, how often, until when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.foundation.statistics.suppression import Threshold

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
    people_shown: Threshold
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
        people_shown=Threshold(max(2, int(pack["fewest_people"])), hides_zero=True),
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
