from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from balise.foundation.tasks import rules
from balise.foundation.tasks.rules import Fate

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def test_a_job_is_given_up_after_its_last_attempt() -> None:
    assert rules.fate(made=7, allowed=8) is Fate.AGAIN
    assert rules.fate(made=8, allowed=8) is Fate.DEAD


@pytest.mark.parametrize(
    ("made", "seconds"), [(1, 10), (2, 30), (3, 90), (4, 270), (5, 810), (7, 3600), (500, 3600)]
)
def test_pauses_grow_up_to_an_hour(made: int, seconds: int) -> None:
    assert rules.pause(made=made, chance=0.5).total_seconds() == seconds


@given(st.integers(0, 100), st.floats(0, 1))
def test_a_pause_is_spread_by_half(made: int, chance: float) -> None:
    middle = rules.pause(made=made, chance=0.5)
    assert middle / 2 <= rules.pause(made=made, chance=chance) <= middle * 1.5


@given(MOMENTS, st.integers(1, 100_000))
def test_a_period_s_slot_is_the_last_one(now: datetime, seconds: int) -> None:
    period = timedelta(seconds=seconds)
    slot = rules.slot_of_period(now, period)

    assert slot <= now < slot + period + timedelta(milliseconds=1)
    assert rules.slot_of_period(slot, period) == slot


@given(MOMENTS, st.times())
def test_a_day_s_slot_is_the_last_one(now: datetime, at: time) -> None:
    slot = rules.slot_of_day(now, at, PARIS)

    assert slot <= now
    assert now - slot <= timedelta(hours=26)


def test_a_daily_job_keeps_the_centre_s_hour_across_the_change_of_time() -> None:
    half_past_two = time(2, 30)
    spring, autumn = datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC)

    # In spring 02:30 does not exist: it comes an hour later. In autumn it comes twice: the first.
    assert rules.slot_of_day(spring, half_past_two, PARIS) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert rules.slot_of_day(autumn, half_past_two, PARIS) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_daily_job_is_due_once_on_the_day_that_has_25_hours() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    slots = {
        rules.slot_of_day(start + timedelta(minutes=n), time(2, 30), PARIS) for n in range(25 * 60)
    }

    assert len(slots) == 2  # the day before's and this day's
