"""What the season makes, by period: pure. Each number is reached exactly, spread over its days.

The numbers are those that the centre's committee reads on 18 October 2023. `scale` divides what is
counted in thousands; what is counted by hand (platforms, structures) stays whole.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

BEGINS: Final = date(2021, 1, 1)
ENDS: Final = date(2023, 10, 18)
# Safer Internet Day of each year: activity is highest in its week.
SAFER_INTERNET_DAYS: Final = (date(2021, 2, 9), date(2022, 2, 8), date(2023, 2, 7))
# The helpline is open more hours from this day, and under one number from the other.
WIDER_HOURS: Final = date(2023, 2, 8)
ONE_NUMBER: Final = date(2023, 9, 27)
SCHOOL_BEGINS: Final = date(2023, 9, 1)
MODULE_OPENS: Final = date(2023, 9, 18)

CALL_S: Final = 35 * 60  # a call lasts so long on average
CALLS_A_DAY: Final = 150
SUPPORTED_A_MONTH: Final = 1_500
_WEEKEND: Final = 0.45
_SUMMER: Final = 0.6
_CHRISTMAS: Final = 0.5
_SAFER_INTERNET: Final = 1.8
_NOISE: Final = 0.15
_SATURDAY: Final = 5
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Goal:
    """So many of one thing from a first day to a last. One that `is_whole` is never scaled."""

    code: str
    first: date
    last: date
    total: int
    is_whole: bool = False

    @property
    def is_by_helpline(self) -> bool:
        """Return whether it comes only on days when the helpline is open."""
        return self.code in {"contacts", "calls"}

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1


def _year(code: str, year: int, total: int) -> Goal:
    return Goal(code, date(year, 1, 1), min(date(year, 12, 31), ENDS), total)


# What pages count is told on the day after: this is the last day that is known by the end.
_COUNTED: Final = ENDS - timedelta(days=1)
_SAME_END: Final = date(2022, 10, 18)
_SUNDAYS_CLOSED: Final = 6  # of 2023
_CALLS_2023: Final = CALLS_A_DAY * ((ENDS - date(2023, 1, 1)).days + 1 - _SUNDAYS_CLOSED)
GOALS: Final = (
    _year("reports", 2021, 81_000),
    _year("reports", 2022, 37_000),
    _year("reports", 2023, 25_000),
    _year("contacts", 2022, 25_000),
    _year("contacts", 2023, 24_000),
    _year("supported", 2022, 15_000),
    _year("supported", 2023, round(SUPPORTED_A_MONTH * (9 + 18 / 31))),
    _year("calls", 2022, 37_560),
    _year("calls", 2023, _CALLS_2023),
    Goal("removals", date(2022, 1, 1), _SAME_END, 5_734),
    Goal("removals", _SAME_END + timedelta(days=1), date(2022, 12, 31), 1_666),
    _year("removals", 2023, 11_326),
    Goal("charters-started", date(2021, 6, 1), _COUNTED, 38_000),
    Goal("charters-finished", date(2021, 6, 1), _COUNTED, 6_900),
    Goal("module", MODULE_OPENS, date(2023, 10, 17), 3_800),
    Goal("trained-online", MODULE_OPENS, date(2023, 10, 17), 1_520),
    Goal("trained-in-sessions", date(2022, 1, 10), date(2023, 10, 10), 6_480),
    Goal("badges", date(2022, 1, 1), ENDS, 800),
    Goal("cases-again", date(2023, 1, 9), date(2023, 10, 6), 9, is_whole=True),
    Goal("verdicts", BEGINS, ENDS, 240),
    Goal("views", date(2022, 9, 1), _COUNTED, 410_000),
    Goal("downloads", date(2022, 9, 1), _COUNTED, 96_000),
    Goal("quizzes", date(2022, 9, 1), _COUNTED, 21_000),
    Goal("plays", date(2021, 3, 1), _COUNTED, 500_000),
    Goal("kits", SCHOOL_BEGINS, ENDS, 100_000),
    Goal("people-met", date(2023, 1, 9), ENDS, 200_000),
    Goal("campaign-young", SCHOOL_BEGINS, ENDS, 20_000),
    Goal("sid-phare", SAFER_INTERNET_DAYS[-1], date(2023, 3, 31), 156_000),
    Goal("sid-others", SAFER_INTERNET_DAYS[-1], date(2023, 3, 31), 344_000),
    Goal("registrations", date(2023, 1, 9), date(2023, 2, 6), 9_000),
    Goal("parents", date(2023, 1, 9), date(2023, 1, 27), 1_136),
    Goal("press-before", date(2023, 1, 1), date(2023, 1, 14), 110),
    Goal("press-sid", date(2023, 1, 15), date(2023, 2, 28), 120),
    Goal("press-spring", date(2023, 3, 1), date(2023, 6, 30), 780),
    Goal("press-summer", date(2023, 7, 1), date(2023, 8, 19), 40),
    Goal("press-sequence", date(2023, 8, 20), ENDS, 70),
    Goal("press-bullying", date(2023, 9, 4), ENDS, 45),
    Goal("press-autumn", date(2023, 8, 20), ENDS, 10),
)


class Plan:
    """The goals at one scale, spread over days: the same for the same seed."""

    def __init__(self, *, scale: float = 1.0, seed: int = 2023) -> None:
        if not 0 < scale <= 1:
            raise ValueError("a season is made at a scale above 0, up to 1")
        self.scale, self._seed = scale, seed

    def total(self, goal: Goal) -> int:
        """Return how many of a goal there are at this scale: at least one."""
        return goal.total if goal.is_whole else max(round(goal.total * self.scale), 1)

    def days(self, code: str) -> dict[date, int]:
        """Return how many there are on each day that has some, in order."""
        found: dict[date, int] = {}
        for goal in GOALS:
            if goal.code == code:
                name = f"{self._seed}-{code}-{goal.first}"
                some = spread(
                    self.total(goal),
                    goal.first,
                    goal.last,
                    name=name,
                    is_open=is_open if goal.is_by_helpline else always,
                )
                for day, many in some.items():
                    found[day] = found.get(day, 0) + many
        return found

    def sum(self, code: str, year: int | None = None) -> int:
        """Return how many there are in all, or in a year."""
        return sum(
            self.total(goal)
            for goal in GOALS
            if goal.code == code and year in {None, goal.first.year}
        )

    def until(self, code: str, last: date) -> int:
        """Return how many there are until a day, the day included."""
        return sum(self.total(one) for one in GOALS if one.code == code and one.last <= last)

    def number(self, whole: int, *, fewest: int = 1) -> int:
        """Return into how many pieces a total is cut that is cut into so many at full scale."""
        return max(round(whole * self.scale), fewest)

    def chance(self, code: str, day: date) -> Random:
        """Return the chance of one thing on one day."""
        return Random(f"{self._seed}-{code}-{day}")  # noqa: S311 - a play, no secret


def always(_day: date) -> bool:
    """Return that every day has its share."""
    return True


def is_open(day: date) -> bool:
    """Return whether the helpline is open: on Sundays since its hours are wider."""
    return day >= WIDER_HOURS or day.weekday() != _SUNDAY


def spread(
    total: int, first: date, last: date, *, name: str, is_open: Callable[[date], bool] = always
) -> dict[date, int]:
    """Return a total by day, exactly: fewer at weekends and in holidays, more around the Day.

    Each day gets its share rounded down; the largest remainders get what is left.
    """
    chance = Random(name)  # noqa: S311 - a play, no secret
    weights = {
        day: weight(day) * chance.uniform(1 - _NOISE, 1 + _NOISE)
        for day in span(first, last)
        if is_open(day)
    }
    whole = sum(weights.values())
    shares = {day: total * each / whole for day, each in weights.items()}
    found = {day: int(share) for day, share in shares.items()}
    left = total - sum(found.values())
    for day in sorted(shares, key=lambda one: (found[one] - shares[one], one))[:left]:
        found[day] += 1
    return {day: many for day, many in found.items() if many}


def cut(total: int, pieces: int) -> list[int]:
    """Return a total in so many pieces that differ by one at most, none of them empty."""
    share, left = divmod(total, pieces)
    return [one for place in range(pieces) if (one := share + (place < left))]


def weight(day: date) -> float:
    """Return how busy a day is beside one with school."""
    found = _WEEKEND if day.weekday() >= _SATURDAY else 1.0
    if day.month in {7, 8}:
        found *= _SUMMER
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 2):
        found *= _CHRISTMAS
    if any(abs((day - each).days) <= 3 for each in SAFER_INTERNET_DAYS):  # noqa: PLR2004 - its week
        found *= _SAFER_INTERNET
    return found


def span(first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another."""
    for place in range((last - first).days + 1):
        yield first + timedelta(days=place)


def months(days: Mapping[date, int]) -> Iterator[tuple[date, dict[date, int]]]:
    """Yield the days month by month, each month under its first day."""
    found: dict[date, dict[date, int]] = {}
    for day, many in days.items():
        found.setdefault(day.replace(day=1), {})[day] = many
    yield from sorted(found.items())
