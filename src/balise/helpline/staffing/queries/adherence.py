"""The rota beside what the seats did: for the team in sums, for each listener their own."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today, zone
from balise.helpline.queue import queries as queue
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Presence
from balise.helpline.staffing.queries import history, rotas
from balise.helpline.staffing.rules.needs import (
    HALVES,
    HalfHour,
    Kept,
    of_team,
    own,
    share_kept,
    spread,
)


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A day of the team."""

    day: date
    halves: tuple[HalfHour, ...]
    share: float | None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else 100 * self.share

    @property
    def missing_hours(self) -> float:
        return sum(half.missing for half in self.halves) / 2

    @property
    def rows(self) -> list[tuple[str, HalfHour]]:
        """Return the half hours with their times."""
        return [(history.words_of(half.half), half) for half in self.halves]


def team_day(day: date, *, seen_by: Actor) -> TeamDay:
    """Return a day of the team in sums, for who plans. Nobody's own time is in it."""
    access.require(seen_by, access.PLAN)
    found = Presence.objects.filter(day=day).values_list("half").annotate(seconds=Sum("seconds"))
    seconds = Counter(dict(found))
    if day == today():
        for since in queue.taken_since():
            seconds.update(_still(since, day))
    halves = of_team(rotas.planned_on(day) or [0] * HALVES, seconds)
    return TeamDay(day, tuple(halves), share_kept(halves))


def own_day(day: date, *, seen_by: Actor) -> Kept:
    """Return one's own day beside one's own rota; nobody else sees it."""
    access.require(seen_by, access.OWN)
    found = Presence.objects.filter(day=day, account=seen_by.key)
    seconds = Counter(dict(found.values_list("half", "seconds")))
    if day == today():
        for since in queue.taken_since(account=seen_by.key):
            seconds.update(_still(since, day))
    return own(rotas.own_planned_on(day, seen_by=seen_by), seconds)


def _still(since: datetime, day: date) -> Counter[int]:
    """Return the seconds of today that a seat has been taken for and that no change told of yet."""
    return Counter(
        {
            half: seconds
            for (on, half), seconds in spread(since, now(), zone=zone()).items()
            if on == day
        }
    )
