"""What a period is compared with, and the steps that it is shown in."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies

from balise.steering.rules.periods import (
    Against,
    Period,
    before,
    compared,
    first_days,
    school_year,
    season,
    so_far,
    steps,
)

SID = {2022: date(2022, 2, 8), 2023: date(2023, 2, 7)}
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
DECK = date(2023, 10, 18)
DECEMBER = date(2022, 12, 31)


def _no_edition(_year: int) -> date | None:
    return None


periods = strategies.builds(
    lambda first, days: Period(first, first + timedelta(days=days)),
    strategies.dates(date(2015, 1, 1), date(2026, 1, 1)),
    strategies.integers(0, 3_000),
)


def test_a_year_that_runs_is_compared_with_as_many_days_of_the_year_before() -> None:
    beside = compared(YEAR, Against.YEAR_BEFORE, until=DECK, days=SID.get)
    assert beside == Period(date(2022, 1, 1), date(2022, 10, 18))
    assert so_far(YEAR, DECK) == Period(date(2023, 1, 1), DECK)


def test_a_month_that_runs_is_compared_with_the_first_days_of_the_month_before() -> None:
    october = Period(date(2023, 10, 1), date(2023, 10, 31))
    beside = compared(october, Against.PERIOD_BEFORE, until=DECK, days=SID.get)
    assert beside == Period(date(2023, 9, 1), date(2023, 9, 18))


def test_seasons_stand_beside_each_other_by_the_day_of_their_edition() -> None:
    now = season(SID[2023])
    assert compared(now, Against.SEASON_BEFORE, until=DECK, days=SID.get) == season(SID[2022])
    assert compared(now, Against.SEASON_BEFORE, until=DECK, days=_no_edition) is None


def test_a_period_that_has_not_begun_is_compared_with_nothing() -> None:
    assert compared(YEAR, Against.YEAR_BEFORE, until=date(2022, 12, 31), days=SID.get) is None
    assert compared(YEAR, Against.NOTHING, until=DECK, days=SID.get) is None


@pytest.mark.parametrize(
    ("period", "other"),
    [
        (Period(date(2023, 3, 1), date(2023, 3, 31)), Period(date(2023, 2, 1), date(2023, 2, 28))),
        (Period(date(2023, 1, 1), date(2023, 2, 28)), Period(date(2022, 11, 1), DECEMBER)),
        (Period(date(2023, 3, 5), date(2023, 3, 11)), Period(date(2023, 2, 26), date(2023, 3, 4))),
    ],
)  # fmt: skip
def test_the_period_before_has_the_same_shape(period: Period, other: Period) -> None:
    assert before(period) == other


def test_a_school_year_begins_in_september() -> None:
    assert school_year(DECK) == Period(date(2023, 9, 1), date(2024, 8, 31))
    assert school_year(date(2023, 8, 31)) == Period(date(2022, 9, 1), date(2023, 8, 31))
    assert school_year(date(2024, 2, 29)).last == date(2024, 8, 31)


def test_first_days_never_go_beyond_the_period() -> None:
    february = Period(date(2023, 2, 1), date(2023, 2, 28))
    assert first_days(february, 31) == february


def test_twelve_months_are_shown_by_month() -> None:
    found = steps(Period(date(2022, 10, 19), DECK))
    assert len(found) == 13
    assert found[1] == Period(date(2022, 11, 1), date(2022, 11, 30))


@given(periods)
def test_steps_make_the_period_and_are_few(period: Period) -> None:
    found = steps(period)
    assert (found[0].first, found[-1].last) == (period.first, period.last)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
    assert len(found) <= 38
