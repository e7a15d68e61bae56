"""The forecast, on pasts whose truth is known; and the calendar that it reads."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from balise.foundation.packs import PackFaulty
from balise.helpline.staffing.rules.forecast import (
    Past,
    calendar,
    forecast,
    holiday_ratio,
    monday_of,
    try_out,
    week_of,
)
from balise.helpline.staffing.rules.needs import HALVES, work

FRANCE = calendar("fr")
AUTUMN = date(2026, 11, 24)  # a Tuesday; the holidays of All Saints are behind it
OPEN = range(18, 46)


def poisson(chance: Random, mean: float) -> int:
    """Return a number by chance: arrivals within a mean time of one, one after the other."""
    count, spent = 0, chance.expovariate(1)
    while spent < mean:
        count, spent = count + 1, spent + chance.expovariate(1)
    return count


def made(mean_of: Callable[[date, int], float], *, days: int = 120, by_chance: int = 0) -> Past:
    """Return a past before AUTUMN: its means as they are, or by chance from a seed."""
    chance = Random(by_chance)  # noqa: S311 - a play
    past = {}
    for back in range(days, 0, -1):
        day = AUTUMN - timedelta(days=back)
        counts = [0] * HALVES
        for half in OPEN:
            mean = mean_of(day, half)
            counts[half] = poisson(chance, mean) if by_chance else round(mean)
        past[day] = counts
    return past


def by_weekday(day: date, _half: int) -> float:
    return 10.0 if day.weekday() == 0 else 4.0


def test_a_weekday_is_like_its_own_weekdays() -> None:
    past = made(by_weekday)
    found = {
        day.weekday(): forecast(past, day, FRANCE, known_before=AUTUMN).halves[30].mean
        for day in week_of(date(2026, 11, 30))
    }
    assert found[0] == pytest.approx(10)
    assert found[3] == pytest.approx(4)


def test_the_latest_weeks_weigh_most() -> None:
    turned = AUTUMN - timedelta(weeks=2)
    past = made(lambda day, _half: 8.0 if day >= turned else 2.0)
    mean = forecast(past, AUTUMN, FRANCE, known_before=AUTUMN).halves[30].mean
    assert 2 + 6 * 2 / 8 < mean < 8  # more than two weeks of eight would weigh alike


def test_a_closed_half_hour_stays_closed() -> None:
    halves = forecast(made(by_weekday), AUTUMN, FRANCE, known_before=AUTUMN).halves
    assert halves[17].mean == halves[46].mean == 0
    assert (halves[17].low, halves[17].high) == (0, 0)


def test_school_holidays_are_learnt_and_put_back() -> None:
    def mean_of(day: date, _half: int) -> float:
        return 20.0 * (1 - 0.5 * FRANCE.share_off(day))

    past = made(mean_of, days=56)
    assert holiday_ratio(past, FRANCE) == pytest.approx(0.5)
    in_school = forecast(past, date(2026, 12, 1), FRANCE, known_before=AUTUMN)
    at_christmas = forecast(past, date(2026, 12, 22), FRANCE, known_before=AUTUMN)
    assert in_school.halves[30].mean == pytest.approx(20)
    assert at_christmas.halves[30].mean == pytest.approx(10)


def test_without_holidays_in_the_past_nothing_is_made_up() -> None:
    past = made(by_weekday, days=14)
    assert holiday_ratio(past, FRANCE) is None
    assert forecast(past, date(2026, 12, 24), FRANCE, known_before=AUTUMN).halves[30].mean == 4


def test_a_public_holiday_is_a_sunday() -> None:
    past = made(lambda day, _half: 2.0 if FRANCE.weekday(day) == 6 else 9.0)
    found = forecast(past, date(2026, 12, 25), FRANCE, known_before=AUTUMN)
    assert found.halves[30].mean < 3


def test_nothing_known_says_nothing() -> None:
    found = forecast({}, AUTUMN, FRANCE, known_before=AUTUMN)
    assert (found.total, found.days, found.holiday_ratio) == (0, 0, None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_four_days_in_five_are_within_the_band(seed: int) -> None:
    def mean_of(day: date, half: int) -> float:
        return (3 + abs(half - 24) / 3) * (1 - 0.3 * FRANCE.share_off(day))

    found = try_out(made(mean_of, by_chance=seed), FRANCE, until=AUTUMN, weeks=6)
    # Whole numbers round the band outwards, so more than four in five; nobody is promised all.
    assert 0.8 <= found.inside <= 0.97
    assert found.mean_error < found.naive
    assert abs(found.bias) < 0.35
    assert found.halves == 6 * 7 * len(OPEN)


def test_a_wild_past_makes_a_wide_band() -> None:
    calm = made(lambda _day, _half: 10.0)
    wild = made(lambda day, _half: 20.0 if day.toordinal() // 7 % 2 else 1.0)
    calm_half, wild_half = (
        forecast(past, AUTUMN, FRANCE, known_before=AUTUMN).halves[30] for past in (calm, wild)
    )
    assert wild_half.high - wild_half.low > calm_half.high - calm_half.low


def test_a_trial_looks_at_nothing_that_came_later() -> None:
    past = dict(made(by_weekday))
    before = try_out(past, FRANCE, until=AUTUMN, weeks=2)
    for day in list(past):
        if day >= monday_of(AUTUMN):
            past[day] = [99] * HALVES
    assert try_out(past, FRANCE, until=AUTUMN, weeks=2) == before


def test_the_calendar_knows_zones() -> None:
    assert FRANCE.share_off(date(2026, 2, 10)) == pytest.approx(1 / 3)  # zone A alone
    assert FRANCE.share_off(date(2026, 12, 24)) == 1
    assert FRANCE.share_off(date(2026, 11, 24)) == 0
    assert FRANCE.is_to_verify
    assert not FRANCE.knows(date(2031, 1, 1))
    assert calendar("lu").zones == FRANCE.zones


def test_every_country_has_its_rules_of_work() -> None:
    assert work("fr").between_days_halves == 22
    assert work("lu").worked(16) == 14
    with pytest.raises(PackFaulty):
        work("zz")
