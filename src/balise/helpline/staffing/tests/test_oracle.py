"""Erlang's models beside an independent library, pyworkforce: its own code, the same answers."""

import warnings
from importlib import import_module
from types import ModuleType

import pytest

from balise.helpline.staffing.rules.erlang import Load, Model, Target, blocked, outcome, seats_for

pytestmark = pytest.mark.extra


@pytest.fixture(scope="module")
def library() -> ModuleType:
    """Give the library's models; its own warnings are left to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("pyworkforce.queuing")


# Contacts an hour, minutes of work, minutes of patience.
HOURS = [(18, 35, 6), (10.7, 35, 6), (18, 45, 4), (60, 8, 2), (5, 20, 10)]
_HOUR = 60


@pytest.mark.parametrize(("per_hour", "handling", "patience"), HOURS)
@pytest.mark.parametrize("more", [1, 3, 6])
def test_a_is_what_the_library_says(
    library: ModuleType, per_hour: float, handling: float, patience: float, more: int
) -> None:
    load = Load(per_hour, handling * 60, patience * 60)
    seats = round(load.erlangs) + more
    theirs = library.ErlangA(
        transactions=per_hour, aht=handling, asa=1, interval=_HOUR, patience=patience
    )
    ours = outcome(Model.A, load, seats, within_s=60)
    assert ours.p_wait == pytest.approx(theirs.waiting_probability(seats), abs=2e-3)
    assert ours.p_abandon == pytest.approx(theirs.abandonment_probability(seats), abs=2e-3)


@pytest.mark.parametrize(("per_hour", "handling", "_patience"), HOURS)
def test_c_is_what_the_library_says(
    library: ModuleType, per_hour: float, handling: float, _patience: float
) -> None:
    load = Load(per_hour, handling * 60)
    theirs = library.ErlangC(transactions=per_hour, aht=handling, asa=1, interval=_HOUR)
    seats = seats_for(Model.C, load, Target(0.8, 60))
    found = theirs.required_positions(service_level=0.8)
    assert seats == found["raw_positions"]
    ours = outcome(Model.C, load, seats, within_s=60)
    assert ours.p_wait == pytest.approx(theirs.waiting_probability(seats), abs=1e-6)
    assert ours.service_level == pytest.approx(theirs.service_level(seats), abs=1e-6)


@pytest.mark.parametrize(("per_hour", "handling", "_patience"), HOURS)
def test_b_is_what_the_library_says(
    library: ModuleType, per_hour: float, handling: float, _patience: float
) -> None:
    theirs = library.ErlangB(transactions=per_hour, aht=handling, interval=_HOUR)
    load = Load(per_hour, handling * 60)
    for seats in (3, 9, 15):
        ours = blocked(seats, load.erlangs)
        assert ours == pytest.approx(theirs.blocking_probability(seats), abs=1e-9)
