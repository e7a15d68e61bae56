"""How many will call and write in each half hour of a day to come, from the weeks before.

The same half hour of the same weekday in the weeks before, the latest weighing most; what school
holidays change is taken out of the past and put back into the day to come. The band is where four
days in five are expected: as wide as the past itself scattered, and wider where little is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, sqrt
from statistics import fmean

from balise.helpline.staffing.rules.calendar import Calendar, monday_of, week_of
from balise.helpline.staffing.rules.work import HALVES

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
