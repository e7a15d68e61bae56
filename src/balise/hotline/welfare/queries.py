"""One's own days, and a team's weeks. No question here compares two people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.hotline.welfare import access
from balise.hotline.welfare.models import Exposure, Preference, Shift
from balise.hotline.welfare.rules import Limits, Ruling, Severity, SoFar, left, limits, ruling

_DAYS = 14
_WEEKS = 8
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Amount:
    """How long, and how many contents, of one severity."""

    severity: Severity
    time: timedelta
    items: int


@dataclass(frozen=True, slots=True)
class Day:
    """One of one's own days."""

    day: date
    amounts: tuple[Amount, ...]
    breaks: int


@dataclass(frozen=True, slots=True)
class Switches:
    """Someone's preferences for the page that shows opened content."""

    blur: bool = True
    greyscale: bool = True
    mute: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """Someone's switches, and limits of their own; None is the centre's."""

    switches: Switches = Switches()
    day: timedelta | None = None
    stretch: timedelta | None = None
    stops_at: time | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """One's own day and the days before it. `now` is what applies to the gravest content."""

    limits: Limits
    wish: Wish
    now: Ruling
    left: timedelta
    break_due_at: datetime | None
    today: Day
    before: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Pane:
    """What a page that shows opened content needs to know of its reader."""

    switches: Switches
    left: timedelta
    break_due_at: datetime | None
    moment: timedelta


@dataclass(frozen=True, slots=True)
class Week:
    """What a team bore in one week, from a Monday; no amounts where there are too few people."""

    monday: date
    amounts: tuple[Amount, ...]
    breaks: int
    is_shown: bool


def limits_here() -> Limits:
    """Return this centre's limits: its country's, within its own hours."""
    return limits(settings.COUNTRY).within(settings.LOOKING_HOURS)


def limits_of(account: UUID) -> Limits:
    """Return this centre's limits, or someone's own where these are gentler."""
    wish = wish_of(account)
    return limits_here().gentler(day=wish.day, stretch=wish.stretch, stops_at=wish.stops_at)


def wish_of(account: UUID) -> Wish:
    """Return how someone prefers to look; without a choice, everything is hidden at first."""
    found = Preference.objects.filter(account=account).first()
    if found is None:
        return Wish()
    return Wish(
        Switches(found.blur, found.greyscale, found.mute),
        day=_minutes(found.day_minutes),
        stretch=_minutes(found.stretch_minutes),
        stops_at=found.stops_at,
    )


def pane(*, seen_by: Actor) -> Pane:
    """Return what a page that shows opened content needs to know of its reader."""
    account = access.require_person(seen_by)
    here = limits_of(account)
    shift = Shift.objects.filter(account=account, day=clock.today()).first()
    so_far = shift.so_far if shift else SoFar()
    return Pane(
        switches=wish_of(account).switches,
        left=left(so_far, limits=here),
        break_due_at=_break_due(so_far, here),
        moment=here.moment,
    )


def own(*, seen_by: Actor) -> Own:
    """Return someone's own day of looking, and the two weeks before it. Nobody else's, ever."""
    account = access.require_person(seen_by)
    here, today = limits_of(account), clock.today()
    shifts = {
        shift.day: shift
        for shift in Shift.objects.filter(
            account=account, day__gt=today - timedelta(days=_DAYS)
        ).prefetch_related("exposures")
    }
    so_far = shifts[today].so_far if today in shifts else SoFar()
    at = timezone.localtime(clock.now())
    gravest = max(here.severities, key=_weight)
    return Own(
        limits=here,
        wish=wish_of(account),
        now=ruling(so_far, at=at, severity=gravest, limits=here),
        left=left(so_far, limits=here),
        break_due_at=_break_due(so_far, here),
        today=_day(today, shifts.get(today), here),
        before=tuple(
            _day(day, shifts[day], here) for day in sorted(shifts, reverse=True) if day != today
        ),
    )


def team(*, seen_by: Actor) -> list[Week]:
    """Return the totals of the last whole weeks, newest first; too few people leave a week empty.

    The current week is left out: a reader who looks every day would see what each day added.
    """
    access.require(seen_by, access.READ_TEAM)
    here, today = limits_here(), clock.today()
    running = today - timedelta(days=today.weekday())
    mondays = [running - _WEEK * n for n in range(1, _WEEKS + 1)]
    weeks = (_week(monday, here) for monday in mondays)
    return [week for week in weeks if week is not None]


def _break_due(so_far: SoFar, here: Limits) -> datetime | None:
    began, last = so_far.stretch_began_at, so_far.looked_at
    had_break = last is None or clock.now() >= last + here.pause
    return began + here.stretch if began and not had_break else None


def _minutes(count: int | None) -> timedelta | None:
    return timedelta(minutes=count) if count else None


def _week(monday: date, here: Limits) -> Week | None:
    shifts = Shift.objects.filter(day__gte=monday, day__lt=monday + _WEEK, looked_at__isnull=False)
    counted = shifts.aggregate(people=Count("account", distinct=True), breaks=Sum("breaks"))
    if not counted["people"]:
        return None
    if counted["people"] < here.fewest_people:
        return Week(monday, (), 0, is_shown=False)
    sums = sums_of(Exposure.objects.filter(shift__in=shifts).values_list(*_SUMMED))
    return Week(monday, _amounts(sums, here), counted["breaks"], is_shown=True)


_SUMMED = ("severity", "seconds", "items")
type Sums = dict[str, tuple[int, int]]


def sums_of(rows: Iterable[tuple[str, int, int]]) -> Sums:
    """Return (seconds, items) by severity, from rows of severity, seconds and items."""
    found: Sums = {}
    for severity, seconds, items in rows:
        before = found.get(severity, (0, 0))
        found[severity] = (before[0] + seconds, before[1] + items)
    return found


def _day(day: date, shift: Shift | None, here: Limits) -> Day:
    rows = [(e.severity, e.seconds, e.items) for e in shift.exposures.all()] if shift else []
    return Day(day, _amounts(sums_of(rows), here), shift.breaks if shift else 0)


def _amounts(sums: Sums, here: Limits) -> tuple[Amount, ...]:
    known = [(one, *sums.get(one.code, (0, 0))) for one in here.severities]
    return tuple(Amount(one, timedelta(seconds=seconds), items) for one, seconds, items in known)


def _weight(severity: Severity) -> int:
    return severity.weight
