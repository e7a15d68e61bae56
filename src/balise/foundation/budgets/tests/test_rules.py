"""When a budget is spent, who has the reserve, and when to come back. Without a database."""

from datetime import datetime

import pytest

from balise.foundation.budgets.rules import (
    AN_HOUR,
    MIB,
    SMALL,
    Budget,
    Declared,
    Spent,
    Why,
    check_room,
    seconds_until_tomorrow,
)
from balise.foundation.files.room import Room

USUAL = Budget("tests.usual")
FIRST = Budget("tests.first", in_all=0, comes_first=True)
LOW, EMPTY = Room(free=500, reserve=1_000), Room(free=100, reserve=1_000)


def test_tomorrow_is_when_the_day_is_over() -> None:
    assert seconds_until_tomorrow(datetime(2026, 12, 2, 23, 59, 30)) == 30  # noqa: DTZ001
    assert seconds_until_tomorrow(datetime(2026, 12, 2)) == 86_400  # noqa: DTZ001


@pytest.mark.safety
def test_the_reserve_is_for_those_who_come_first_and_for_who_makes_room() -> None:
    check_room(LOW, FIRST, octets=MIB, is_staff=False)
    check_room(LOW, USUAL, octets=SMALL, is_staff=True)
    for budget, octets, is_staff in ((USUAL, 1, False), (None, 1, False), (USUAL, SMALL + 1, True)):
        with pytest.raises(Spent) as refused:
            check_room(LOW, budget, octets=octets, is_staff=is_staff)
        assert (refused.value.why, refused.value.after) == (Why.DISK, AN_HOUR)


def test_an_empty_disk_takes_nothing() -> None:
    with pytest.raises(Spent):
        check_room(EMPTY, FIRST, octets=1, is_staff=False)


def test_room_is_short_before_it_is_the_reserve_alone() -> None:
    assert Room(free=1_999, reserve=1_000).is_short
    assert not Room(free=1_999, reserve=1_000).is_reached
    assert not Room(free=2_000, reserve=1_000).is_short


@pytest.mark.safety
def test_no_total_shuts_what_comes_first() -> None:
    with pytest.raises(ValueError, match="no total"):
        Budget("tests.first", in_all=1, comes_first=True)


def test_a_door_spends_the_first_budget_of_its_module() -> None:
    declared = Declared()
    declared.register("balise.tests", [USUAL, FIRST])
    declared.register("balise.tests.inner", [inner := Budget("tests.inner")])
    assert declared.of_module("balise.tests.web.public") is USUAL
    assert declared.of_module("balise.tests.inner.web") is inner
    assert declared.of_module("balise.testsinner") is None
    with pytest.raises(ValueError, match="two budgets"):
        declared.register("balise.other", [Budget("tests.usual")])
