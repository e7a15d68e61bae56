"""What a week to come brings, what it takes, and what one more would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, hypot

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.helpline.staffing import access, ports
from balise.helpline.staffing.queries import history
from balise.helpline.staffing.queries.history import Basis
from balise.helpline.staffing.rules import erlang, needs
from balise.helpline.staffing.rules.erlang import Load, Outcome
from balise.helpline.staffing.rules.forecast import (
    WEEKS,
    Assumption,
    Calendar,
    Expected,
    Trial,
    assumption,
    brought,
    calendar,
    forecast,
    monday_of,
    raised,
    try_out,
    week_of,
)
from balise.helpline.staffing.rules.needs import Aim, Manner

_LOOKED_BACK = timedelta(weeks=2 * WEEKS)
_BELOW, _ABOVE = 4, 3  # seats around those needed that a what-if shows
TRIED_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Half:
    """A half hour: what comes, how many must be seated, how many must be planned for that."""

    half: int
    calls: Expected
    chats: Expected
    load: Load
    seats: int
    planned: int

    @property
    def at(self) -> str:
        return history.words_of(self.half)

    @property
    def least(self) -> int:
        return max(floor(self._mean - self._wide(self.calls.low, self.chats.low)), 0)

    @property
    def most(self) -> int:
        return ceil(self._mean + self._wide(self.calls.high, self.chats.high))

    @property
    def _mean(self) -> float:
        return self.calls.mean + self.chats.mean

    def _wide(self, calls: int, chats: int) -> float:
        """Return how far both together go, as far as calls and chats are by chance apart."""
        return hypot(self.calls.mean - calls, self.chats.mean - chats)


@dataclass(frozen=True, slots=True)
class Day:
    """A day to come. `behind` is the number of past days used.

    `lessons` is how many of its contacts are expected of lessons alone; `pupils` are met on it, in
    so many `areas`.
    """

    day: date
    halves: tuple[Half, ...]
    behind: int
    share_off: float
    is_public_holiday: bool
    lessons: float
    pupils: int
    areas: int

    @property
    def calls(self) -> int:
        return round(sum(half.calls.mean for half in self.halves))

    @property
    def chats(self) -> int:
        return round(sum(half.chats.mean for half in self.halves))

    @property
    def most_seats(self) -> int:
        return max((half.seats for half in self.halves), default=0)

    @property
    def seat_hours(self) -> float:
        return sum(half.planned for half in self.halves) / 2


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days to come, what they are based on, and whether their holidays are known."""

    monday: date
    days: tuple[Day, ...]
    basis: Basis
    holiday_ratio: float | None
    is_calendar_known: bool

    @property
    def is_known(self) -> bool:
        return any(day.behind for day in self.days)

    @property
    def seat_hours(self) -> float:
        return sum(day.seat_hours for day in self.days)

    @property
    def paid_hours(self) -> float:
        """Return the hours that must be paid for, breaks, notes, training and leave with them.

        Where few are needed, the least that is planned in a half hour may be more than that.
        """
        works = 1 - history.plan().shrinkage
        halves = (half for day in self.days for half in day.halves)
        return sum(max(half.planned, half.seats / works) for half in halves) / 2


@dataclass(frozen=True, slots=True)
class Step:
    """What so many seats would give; shares are in percent. `fewer` is what one less would give."""

    seats: int
    gives: Outcome
    fewer: Outcome
    is_needed: bool

    @property
    def one_fewer(self) -> int:
        return self.seats - 1

    @property
    def given_up(self) -> float:
        return 100 * self.gives.p_abandon

    @property
    def given_up_with_fewer(self) -> float:
        return 100 * self.fewer.p_abandon

    @property
    def in_time(self) -> float:
        return 100 * self.gives.service_level

    @property
    def busy(self) -> float:
        return 100 * self.gives.occupancy


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One hour with more seats or fewer; `seats` is the fewest that reach the target."""

    load: Load
    seats: int
    rostered: int
    steps: tuple[Step, ...]


def week(monday: date, *, seen_by: Actor) -> Week:
    """Return a week to come, forecast from what was counted before today, or before its Monday."""
    access.require(seen_by, access.PLAN)
    return forecast_week(monday)


def forecast_week(monday: date) -> Week:
    """Return a week; for whom has asked already."""
    monday = monday_of(monday)
    known = min(monday, today())
    of_country = days()
    found = history.basis(known)
    past = {
        measure: history.past(measure, known - _LOOKED_BACK, known - timedelta(days=1))
        for measure in (history.CALLS, history.CHATS)
    }
    found_days, ratios = [], []
    met = _lessons(monday)
    for day in week_of(monday):
        calls, chats = (
            forecast(past[measure], day, of_country, known_before=known)
            for measure in (history.CALLS, history.CHATS)
        )
        ratios.append(calls.holiday_ratio)
        whole = calls.total + chats.total
        more = brought(met.pupils, day, assumed()) if whole else 0.0
        found_days.append(
            Day(
                day=day,
                halves=_halves(
                    day,
                    raised(calls.halves, more, whole=whole),
                    raised(chats.halves, more, whole=whole),
                    found.manner,
                ),
                behind=max(calls.days, chats.days),
                share_off=of_country.share_off(day),
                is_public_holiday=day in of_country.public_holidays,
                lessons=more,
                pupils=met.pupils.get(day, 0),
                areas=len(met.areas.get(day, ())),
            )
        )
    return Week(
        monday=monday,
        days=tuple(found_days),
        basis=found,
        holiday_ratio=ratios[0],
        is_calendar_known=of_country.knows(found_days[-1].day),
    )


def trials(*, weeks: int = TRIED_WEEKS, seen_by: Actor) -> dict[str, Trial]:
    """Return how well calls and chats would have been forecast in the last weeks."""
    access.require(seen_by, access.PLAN)
    until = today()
    since = until - _LOOKED_BACK - timedelta(weeks=weeks)
    return {
        name: try_out(
            history.past(measure, since, until - timedelta(days=1)),
            days(),
            until=until,
            weeks=weeks,
        )
        for name, measure in (("calls", history.CALLS), ("chats", history.CHATS))
    }


def what_if(
    calls_per_hour: float, chats_per_hour: float, manner: Manner, *, seen_by: Actor
) -> WhatIf:
    """Return what seats around the needed number give in an hour like those before it."""
    access.require(seen_by, access.PLAN)
    aim, load = aimed(), needs.steady_load(calls_per_hour, chats_per_hour, manner)
    enough = needs.seats_needed(load, aim)
    steps = tuple(
        Step(
            seats=seats,
            gives=needs.with_seats(load, seats, aim),
            fewer=needs.with_seats(load, seats - 1, aim),
            is_needed=seats == enough,
        )
        for seats in range(max(enough - _BELOW, 1), enough + _ABOVE + 1)
    )
    return WhatIf(load, enough, erlang.rostered(enough, shrinkage=history.plan().shrinkage), steps)


def days() -> Calendar:
    """Return the country's calendar."""
    return calendar(settings.COUNTRY)


def assumed() -> Assumption:
    """Return what the pack says that lessons bring."""
    return assumption(settings.COUNTRY)


def aimed() -> Aim:
    """Return what the pack says that seats are to give."""
    found = history.plan()
    return Aim(found.target, found.max_occupancy)


@dataclass(frozen=True, slots=True)
class _Met:
    """Pupils by day, and the areas in which they are."""

    pupils: Mapping[date, int]
    areas: Mapping[date, set[str]]


def _lessons(monday: date) -> _Met:
    """Return the lessons that a week feels: its own, and those of the days before."""
    since = monday - timedelta(days=assumed().days_after)
    pupils: dict[date, int] = {}
    areas: dict[date, set[str]] = {}
    for lesson in ports.planned_lessons.ask(since=since, until=monday + timedelta(days=6)):
        pupils[lesson.day] = pupils.get(lesson.day, 0) + lesson.pupils
        areas.setdefault(lesson.day, set()).add(lesson.area)
    return _Met(pupils, areas)


def _halves(
    day: date, calls: tuple[Expected, ...], chats: tuple[Expected, ...], manner: Manner
) -> tuple[Half, ...]:
    found = needs.loads([each.mean for each in calls], [each.mean for each in chats], manner)
    aim, on_the_day = aimed(), history.plan().on_the_day
    halves = []
    for half in history.open_halves(day):
        seats = needs.seats_needed(found[half], aim)
        planned = erlang.rostered(seats, shrinkage=on_the_day)
        halves.append(Half(half, calls[half], chats[half], found[half], seats, planned))
    return tuple(halves)
