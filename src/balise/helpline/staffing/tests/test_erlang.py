"""Erlang's models against published tables, an independent simulation, and each other."""

import heapq
from math import factorial
from random import Random

import pytest
from hypothesis import given, strategies as st

from balise.helpline.staffing.rules.erlang import (
    Load,
    LoadFaulty,
    Model,
    Outcome,
    Target,
    TargetOutOfReach,
    blocked,
    outcome,
    rostered,
    seats_for,
)

# Offered erlangs and seats at which a share of calls is blocked, as Erlang B tables print them.
TABLE_B = [(0.899, 3, 0.05), (4.46, 10, 0.01), (5.08, 10, 0.02), (13.2, 20, 0.02), (20.3, 30, 0.01)]
# A day of 150 calls of 35 minutes; the peak hour holds 12 % of them.
PEAK = Load(18, 35 * 60, 6 * 60)
EIGHTY_IN_60 = Target(0.8, 60)

loads = st.builds(
    Load,
    per_hour=st.floats(0.1, 400),
    handling_s=st.floats(30, 3600),
    patience_s=st.floats(10, 3600),
)


@pytest.mark.parametrize(("erlangs", "seats", "share"), TABLE_B)
def test_b_is_the_published_table(erlangs: float, seats: int, share: float) -> None:
    assert blocked(seats, erlangs) == pytest.approx(share, rel=0.02)


@given(st.integers(0, 20), st.floats(0.01, 30))
def test_b_is_its_definition(seats: int, erlangs: float) -> None:
    states = [erlangs**k / factorial(k) for k in range(seats + 1)]
    assert blocked(seats, erlangs) == pytest.approx(states[-1] / sum(states), rel=1e-9)


@pytest.mark.parametrize(
    ("load", "seats", "people"),
    [(Load(10.7, 2100), 10, 15), (Load(18, 2100), 15, 22), (Load(18, 2700), 18, 26)],
)
def test_seats_of_a_flat_and_of_a_peak_hour(load: Load, seats: int, people: int) -> None:
    assert seats_for(Model.C, load, EIGHTY_IN_60) == seats
    assert rostered(seats, shrinkage=0.3) == people


@pytest.mark.parametrize(("seats", "minutes"), [(11, 58.3), (12, 13.2), (13, 5.2), (14, 2.3)])
def test_c_has_a_cliff(seats: int, minutes: float) -> None:
    wait = outcome(Model.C, PEAK, seats).mean_wait_s
    assert wait is not None
    assert wait / 60 == pytest.approx(minutes, abs=0.05)


def test_c_without_enough_seats_never_ends() -> None:
    assert outcome(Model.C, PEAK, 10) == Outcome(1.0, 0.0, 1.0, None, 0.0)


@pytest.mark.parametrize(("seats", "share"), [(7, 0.39), (10, 0.20), (14, 0.05)])
def test_a_loses_those_who_give_up(seats: int, share: float) -> None:
    assert outcome(Model.A, PEAK, seats).p_abandon == pytest.approx(share, abs=0.005)


def simulated(load: Load, seats: int, within_s: float) -> tuple[float, float, float]:
    """Return who waits, who gives up and who is answered in time, of 60,000 simulated contacts."""
    chance, many = Random(18), 60_000  # noqa: S311 - a simulation
    free, at = [0.0] * seats, 0.0
    waited = gave_up = in_time = 0
    for _contact in range(many):
        at += chance.expovariate(load.per_hour / 3600)
        wait = max(free[0] - at, 0.0)
        waited += wait > 0
        if wait > chance.expovariate(1 / (load.patience_s or 1e12)):
            gave_up += 1
            continue
        heapq.heapreplace(free, at + wait + chance.expovariate(1 / load.handling_s))
        in_time += wait <= within_s
    return waited / many, gave_up / many, in_time / many


@pytest.mark.parametrize("seats", [5, 10, 14])
def test_a_is_what_a_simulation_shows(seats: int) -> None:
    found = outcome(Model.A, PEAK, seats, within_s=60)
    ours = (found.p_wait, found.p_abandon, found.service_level)
    assert ours == pytest.approx(simulated(PEAK, seats, 60), abs=0.015)


@given(loads, st.integers(1, 300))
def test_with_endless_patience_a_becomes_c(load: Load, seats: int) -> None:
    if seats < load.erlangs * 1.05 + 1:
        return  # near its cliff C takes longer to reach than any patience
    patient = Load(load.per_hour, load.handling_s, 1e9)
    a, c = outcome(Model.A, patient, seats), outcome(Model.C, load, seats)
    assert a.p_wait == pytest.approx(c.p_wait, abs=1e-3)
    assert a.service_level == pytest.approx(c.service_level, abs=1e-3)


@given(loads, st.integers(0, 500), st.floats(0, 600))
def test_shares_are_shares_and_all_calls_are_somewhere(
    load: Load, seats: int, within_s: float
) -> None:
    for model in Model:
        found = outcome(model, load, seats, within_s=within_s)
        shares = (found.p_wait, found.p_abandon, found.occupancy, found.service_level)
        assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
        assert found.service_level <= 1 - found.p_abandon + 1e-6


@given(loads, st.integers(0, 200))
def test_one_seat_more_is_never_worse(load: Load, seats: int) -> None:
    for model in Model:
        fewer, more = outcome(model, load, seats), outcome(model, load, seats + 1)
        assert more.p_abandon <= fewer.p_abandon + 1e-9
        assert more.service_level >= fewer.service_level - 1e-6


@given(loads, st.sampled_from(Model), st.floats(0.5, 0.99), st.floats(0.3, 1))
def test_the_seats_found_are_the_fewest(
    load: Load, model: Model, share: float, most: float
) -> None:
    aim = Target(share, 60)
    seats = seats_for(model, load, aim, max_occupancy=most)
    for number, is_enough in ((seats, True), (seats - 1, False)):
        if number >= 0:
            found = outcome(model, load, number, within_s=60)
            reaches = found.service_level >= share and found.occupancy <= most
            assert reaches is is_enough


def test_nobody_calls() -> None:
    assert seats_for(Model.A, Load(0, 60, 60), EIGHTY_IN_60) == 0


def test_ten_people_give_seven_seats() -> None:
    assert rostered(7, shrinkage=0.3) == 10
    assert rostered(8, shrinkage=0) == 8


@pytest.mark.parametrize("per_hour", [-1, float("nan"), float("inf")])
def test_refuses_what_no_queue_has(per_hour: float) -> None:
    with pytest.raises(LoadFaulty):
        Load(per_hour, 60)


def test_refuses_more() -> None:
    with pytest.raises(LoadFaulty):
        Load(1, 0)
    with pytest.raises(LoadFaulty):
        Target(1, 60)
    with pytest.raises(LoadFaulty):
        outcome(Model.A, Load(18, 60), 3)
    with pytest.raises(LoadFaulty):
        outcome(Model.A, PEAK, -1)
    with pytest.raises(LoadFaulty):
        rostered(3, shrinkage=1)
    with pytest.raises(LoadFaulty):
        seats_for(Model.C, PEAK, EIGHTY_IN_60, max_occupancy=0)
    with pytest.raises(TargetOutOfReach):
        seats_for(Model.C, Load(1e6, 3600), EIGHTY_IN_60)
