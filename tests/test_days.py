"""The days that a lane of tests is moved to, and that all its processes are."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests import days
from tests.days import DAYS, DayUnknown, environment, in_turn, named

SAYS = "import datetime; print(datetime.datetime.now(datetime.UTC).isoformat(), flush=True)"
BOTH_SAY = f"{SAYS}; import subprocess, sys; subprocess.run([sys.executable, '-c', {SAYS!r}])"
A_MINUTE = timedelta(minutes=1)


def local(name: str) -> datetime:
    return named(name).local


def test_the_days_are_those_on_which_a_rule_can_go_wrong() -> None:
    assert local("first-of-month").day == 1
    assert (local("last-of-month") + timedelta(days=1)).day == 1
    assert f"{local('leap-day'):%m-%d %H:%M}" == "02-29 23:59"
    assert f"{local('last-of-year'):%m-%d}" == "12-31"
    assert f"{local('new-year'):%m-%d %H:%M}" == "01-01 00:01"
    assert f"{local('sunday'):%A}" == "Sunday"
    assert f"{local('holiday'):%m-%d}" == "07-14"
    assert len({day.name for day in DAYS}) == len({day.why for day in DAYS}) == len(DAYS)


@pytest.mark.parametrize(
    ("name", "hours", "later"), [("spring-night", 1, 2), ("autumn-night", 2, 1)]
)
def test_the_clock_changes_within_the_night(name: str, hours: int, later: int) -> None:
    """An hour later it is another time than an hour more; the zone is the centre's."""
    day = named(name)
    zone = day.aware.tzinfo
    before = day.aware.utcoffset()
    after = (day.moment + timedelta(hours=1)).astimezone(zone).utcoffset()
    assert before is not None
    assert after is not None
    assert (before, after) == (timedelta(hours=hours), timedelta(hours=later))


@pytest.mark.parametrize("name", ["new-year", "last-of-year", "overseas", "holiday"])
def test_in_utc_it_is_another_day(name: str) -> None:
    assert named(name).moment.date() != local(name).date()


def test_each_is_taken_in_its_turn_the_same_for_a_date() -> None:
    begins = date(2026, 12, 2)
    taken = [in_turn(begins + timedelta(days=more)) for more in range(len(DAYS))]
    assert set(taken) == set(DAYS)
    assert in_turn(begins) == in_turn(begins + timedelta(days=len(DAYS)))
    assert in_turn(begins).name == "new-year"


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(DayUnknown, match="first-of-month"):
        named("doomsday")


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.name)
def test_a_process_and_those_that_it_starts_are_on_the_day(day: days.Day) -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", BOTH_SAY],
        env={**os.environ, **environment(day)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = [datetime.fromisoformat(line) for line in done.stdout.split()]
    assert len(told) == 2
    assert all(abs(moment - day.moment) < A_MINUTE for moment in told)


@pytest.mark.django_db
def test_the_database_is_on_the_day_of_the_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        (told,) = cursor.fetchone()
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(told)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    assert abs(moment - datetime.now(UTC)) < timedelta(hours=1)
