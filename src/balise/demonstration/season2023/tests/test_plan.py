"""The plan alone: it sums to what is asked, at each scale, and is the same each time."""

from datetime import date

import pytest
from tests.walks import of_each

from balise.demonstration.season2023.plan import (
    BEGINS,
    ENDS,
    GOALS,
    SAFER_INTERNET_DAYS,
    Goal,
    Plan,
    months,
    spread,
)
from balise.demonstration.season2023.tests.rows import (
    AUDIENCE,
    CLAIMS,
    EVERY_ROW,
    NOT_COUNTED_YET,
    NOT_FIGURES,
    NOT_KEPT,
    ROWS,
    SPOKEN_OF,
    Row,
    planned,
)
from balise.foundation.statistics.indicators import INDICATORS


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.013])
@of_each("goal", GOALS, ids=lambda goal: f"{goal.code} {goal.first}")
def test_each_goal_is_reached_exactly_within_its_days(goal: Goal, scale: float) -> None:
    plan = Plan(scale=scale)
    found = {
        day: many for day, many in plan.days(goal.code).items() if goal.first <= day <= goal.last
    }
    assert sum(found.values()) == plan.total(goal)
    assert all(many > 0 for many in found.values())
    assert BEGINS <= goal.first <= goal.last <= ENDS


def test_what_is_counted_by_hand_is_not_scaled() -> None:
    whole = Goal("platforms", BEGINS, ENDS, 17, is_whole=True)
    assert Plan(scale=0.01).total(whole) == 17
    assert Plan(scale=0.001).total(Goal("few", BEGINS, ENDS, 17)) == 1


def test_a_season_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert Plan(seed=1).days("contacts") == Plan(seed=1).days("contacts")
    assert Plan(seed=1).days("contacts") != Plan(seed=2).days("contacts")


def test_a_weekend_a_summer_and_the_day_differ_from_a_day_with_school() -> None:
    found = spread(40_000, date(2023, 1, 1), date(2023, 10, 18), name="any")
    day = SAFER_INTERNET_DAYS[-1]
    assert found[day] > found[date(2023, 3, 7)] > found[date(2023, 3, 11)]
    assert found[date(2023, 3, 7)] > found[date(2023, 8, 8)]


def test_days_come_month_by_month() -> None:
    found = dict(months(Plan(scale=0.01).days("removals")))
    assert list(found) == sorted(found)
    assert all(day.replace(day=1) == month for month, days in found.items() for day in days)


@pytest.mark.parametrize("scale", [0, -1, 1.5])
def test_a_scale_is_above_nothing_and_up_to_one(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        Plan(scale=scale)


@of_each("row", ROWS, ids=lambda row: str(row.ids[0]))
def test_the_plan_at_full_scale_is_what_the_committee_read(row: Row) -> None:
    assert planned(row, Plan()) == row.value


def test_each_row_of_the_reading_is_a_figure_or_says_why_not() -> None:
    told = [one for row in ROWS for one in row.ids]
    told += [*AUDIENCE.ids, *CLAIMS, *SPOKEN_OF, *NOT_KEPT, *NOT_FIGURES]
    assert sorted(told) == list(EVERY_ROW)


def test_each_figure_of_a_row_is_one_that_the_house_defines() -> None:
    codes = {row.code for row in ROWS} | {AUDIENCE.code, *SPOKEN_OF.values(), *NOT_KEPT.values()}
    codes |= {code for some in CLAIMS.values() for code in some} | {*NOT_COUNTED_YET}
    assert codes <= INDICATORS.keys()
