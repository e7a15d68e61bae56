"""How many will call and write in each half hour of a day to come, from the weeks before.

The same half hour of the same weekday in the weeks before, the latest weighing most; what school
holidays change is taken out of the past and put back into the day to come. The band is where four
days in five are expected: as wide as the past itself scattered, and wider where little is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil, floor, fsum, isclose, sqrt
from statistics import fmean

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.staffing.rules.needs import HALVES

# Days that change how many people call: school holidays by zone, and public holidays.


SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays of a country; `zones` gives each zone's, first and last day included."""

    zones: Mapping[str, tuple[tuple[date, date], ...]]
    public_holidays: frozenset[date]
    source: Words
    is_to_verify: bool

    def share_off(self, day: date) -> float:
        """Return the share of zones whose schools are closed for a holiday on a day, 0 to 1."""
        off = [
            any(first <= day <= last for first, last in holidays)
            for holidays in self.zones.values()
        ]
        return sum(off) / len(off)

    def knows(self, day: date) -> bool:
        """Return whether the calendar goes as far as a day."""
        return all(day <= holidays[-1][1] for holidays in self.zones.values())

    def weekday(self, day: date) -> int:
        """Return the weekday that a day is like, Monday being 0; a public holiday is a Sunday."""
        return SUNDAY if day in self.public_holidays else day.weekday()


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(monday: date) -> tuple[date, ...]:
    """Return the seven days of a week."""
    return tuple(monday + timedelta(days=place) for place in range(7))


@cache
def calendar(country: str) -> Calendar:
    """Return a country's calendar; PackFaulty where the pack does not say what it must."""
    pack = load("balise.helpline.staffing", country=country, name="calendar")
    zones = {
        str(zone): tuple((first, last) for first, last in holidays)
        for zone, holidays in pack["zones"].items()
    }
    if not zones:
        raise PackFaulty("calendar.zones: at least one")
    for zone, holidays in zones.items():
        days = [day for pair in holidays for day in pair]
        if not days or days != sorted(days):
            raise PackFaulty(f"calendar.zones.{zone}: holidays in order, first day before last")
    return Calendar(
        zones=zones,
        public_holidays=frozenset(pack["public_holidays"]),
        source=Words.read(pack["source"], where="calendar.source"),
        is_to_verify=bool(pack["to_verify"]),
    )


type Counts = Sequence[int]  # of a day, by half hour from 00:00
type Past = Mapping[date, Counts]

WEEKS = 8  # that are looked back on
_DECAY = 0.85  # what a week weighs beside the one after it
_Z = 1.2816  # four in five, of a normal distribution
_LEAST_DAYS = 5  # of each kind, before school holidays are said to change anything


@dataclass(frozen=True, slots=True)
class Expected:
    """What a half hour is expected to bring: the mean, and a band for four days in five."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """A day to come, by half hour; it uses `days` of the past, 0 where nothing is known.

    `holiday_ratio` is what a day without school brings beside one with; None where it is not known.
    """

    day: date
    halves: tuple[Expected, ...]
    days: int
    holiday_ratio: float | None

    @property
    def total(self) -> float:
        return sum(half.mean for half in self.halves)


@dataclass(frozen=True, slots=True)
class Trial:
    """How well the forecast would have done on weeks that are past.

    Errors are of a half hour, in contacts: `mean_error` without its sign, `bias` with it (more was
    expected than came: above zero). `inside` is the share of half hours in their band. `naive` is
    the mean error of taking the week before as it was.
    """

    halves: int
    came: int
    mean_error: float
    bias: float
    inside: float
    naive: float
    by_half_hour: Mapping[int, float]

    @property
    def error_share(self) -> float:
        """Return the errors of all half hours beside all that came (WAPE), 0 to 1 and more."""
        return self.mean_error * self.halves / self.came if self.came else 0.0

    @property
    def inside_percent(self) -> float:
        return 100 * self.inside


def forecast(past: Past, day: date, calendar: Calendar, *, known_before: date) -> Forecast:
    """Return a day to come, from the days before `known_before`."""
    first = known_before - timedelta(weeks=WEEKS)
    window = {each: past[each] for each in sorted(past) if first <= each < known_before}
    ratio = holiday_ratio(window, calendar)
    alike = [each for each in window if calendar.weekday(each) == calendar.weekday(day)]
    if not alike:
        return Forecast(day, (Expected(0.0, 0, 0),) * HALVES, 0, ratio)
    weights = [_DECAY ** ((known_before - each).days / 7) for each in alike]
    changed = [_factor(each, ratio, calendar) for each in alike]
    whole = sum(weights)
    means = _smooth(
        [
            sum(
                weight * window[each][half] / factor
                for each, weight, factor in zip(alike, weights, changed, strict=True)
            )
            / whole
            for half in range(HALVES)
        ]
    )
    behind = whole**2 / sum(weight**2 for weight in weights)
    scatter = _scatter([window[each] for each in alike], changed, means)
    here = _factor(day, ratio, calendar)
    halves = tuple(_expected(mean * here, scatter, behind) for mean in means)
    return Forecast(day, halves, len(alike), ratio)


def holiday_ratio(past: Past, calendar: Calendar) -> float | None:
    """Return what a day without school brings beside one with, weekday by weekday; None if unknown.

    A day on which some zones have school and others not says nothing here.
    """
    totals: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for day, counts in past.items():
        share = calendar.share_off(day)
        if share in {0.0, 1.0}:
            totals[calendar.weekday(day), share == 1.0].append(sum(counts))
    both = [weekday for weekday in range(7) if totals[weekday, True] and totals[weekday, False]]
    least = min(sum(len(totals[weekday, off]) for weekday in both) for off in (True, False))
    if least < _LEAST_DAYS:
        return None
    off, on = (sum(fmean(totals[weekday, kind]) for weekday in both) for kind in (True, False))
    return off / on if on else None


def try_out(past: Past, calendar: Calendar, *, until: date, weeks: int) -> Trial:
    """Return how the forecast would have done on the last weeks before the week of `until`.

    Each week is forecast on its first day, from what was known then.
    """
    ends = monday_of(until)
    errors: dict[int, list[float]] = defaultdict(list)
    naive: list[float] = []
    inside = came = 0
    signed = 0.0
    for back in range(weeks, 0, -1):
        monday = ends - timedelta(weeks=back)
        for day in week_of(monday):
            found = forecast(past, day, calendar, known_before=monday)
            before = past.get(day - timedelta(days=7))
            if day not in past or before is None or not found.days:
                continue
            for half, (expected, count) in enumerate(zip(found.halves, past[day], strict=True)):
                if not (count or expected.mean or before[half]):
                    continue  # closed
                errors[half].append(abs(expected.mean - count))
                naive.append(abs(before[half] - count))
                signed += expected.mean - count
                inside += expected.low <= count <= expected.high
                came += count
    every = [error for some in errors.values() for error in some]
    many = len(every)
    return Trial(
        halves=many,
        came=came,
        mean_error=fmean(every) if many else 0.0,
        bias=signed / many if many else 0.0,
        inside=inside / many if many else 0.0,
        naive=fmean(naive) if many else 0.0,
        by_half_hour={half: fmean(some) for half, some in sorted(errors.items())},
    )


def _factor(day: date, ratio: float | None, calendar: Calendar) -> float:
    """Return what a day brings beside one on which every zone has school."""
    if not ratio:
        return 1.0
    return 1.0 + calendar.share_off(day) * (ratio - 1.0)


def _smooth(means: Sequence[float]) -> list[float]:
    """Return half hours smoothed by a quarter of each adjacent one; closed ones stay closed."""
    smoothed = []
    for place, mean in enumerate(means):
        near = [means[at] for at in (place - 1, place + 1) if 0 <= at < len(means) and means[at]]
        smoothed.append(mean + sum((each - mean) / 4 for each in near) if mean else 0.0)
    return smoothed


def _scatter(days: Iterable[Counts], factors: Sequence[float], means: Sequence[float]) -> float:
    """Return how much wider the past scattered than chance alone would, 1 or more."""
    found = [
        (count - mean * factor) ** 2 / (mean * factor)
        for counts, factor in zip(days, factors, strict=True)
        for count, mean in zip(counts, means, strict=True)
        if mean
    ]
    many = len(factors)
    if many < 2 or not found:  # noqa: PLR2004 - one day does not scatter
        return 2.0  # nothing shows how much: a wide band
    return max(fmean(found) * many / (many - 1), 1.0)


def _expected(mean: float, scatter: float, behind: float) -> Expected:
    wide = _Z * sqrt(scatter * mean * (1 + 1 / behind))
    return Expected(mean, max(floor(mean - wide), 0), ceil(mean + wide))


# What lessons bring: pupils who hear of the helpline, and call or write in the days after. Pure.
#
# No study gives a number: it is an assumption of the pack, shown as one. It is added to what the
# past says, and only where the past says something: a closed half hour stays closed.


@dataclass(frozen=True, slots=True)
class Assumption:
    """Contacts of 1,000 pupils met, and how they spread: shares of the day itself and those after.

    The shares come to 1.
    """

    per_thousand: float
    spread: tuple[float, ...]
    source: Words
    is_to_verify: bool

    @property
    def days_after(self) -> int:
        return len(self.spread) - 1


def brought(pupils: Mapping[date, int], day: date, how: Assumption) -> float:
    """Return how many contacts the lessons of a day and of the days before bring on it."""
    return fsum(
        pupils.get(day - timedelta(days=after), 0) * share * how.per_thousand / 1_000
        for after, share in enumerate(how.spread)
    )


def raised(halves: Sequence[Expected], contacts: float, *, whole: float) -> tuple[Expected, ...]:
    """Return half hours with their part of some more contacts; `whole` is what the day expects.

    Each gets what it is of the whole, and its band moves up with it.
    """
    if not contacts or not whole:
        return tuple(halves)
    found = []
    for half in halves:
        more = contacts * (half.mean / whole)
        mean = half.mean + more
        found.append(Expected(mean, half.low + floor(more), half.high + ceil(more)))
    return tuple(found)


@cache
def assumption(country: str) -> Assumption:
    """Return what a country assumes; PackFaulty where its shares do not come to one."""
    pack = load("balise.helpline.staffing", country=country, name="lessons")
    found = Assumption(
        float(pack["contacts_per_thousand"]),
        tuple(float(share) for share in pack["spread"]),
        Words.read(pack["source"], where="lessons.source"),
        bool(pack["to_verify"]),
    )
    if found.per_thousand < 0 or any(share < 0 for share in found.spread):
        raise PackFaulty("lessons: nothing is below zero")
    if not isclose(fsum(found.spread), 1.0):
        raise PackFaulty("lessons.spread: shares of all days come to 1")
    return found
