"""Costly work goes one at a time; a few wait, and the others are told to come back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import monotonic

import pytest
from tests.waiting import let_pass, until

from balise.foundation import apart
from balise.foundation.limited.lanes import Lane, LaneFull


def _held(lane: Lane, began: Event, end: Event) -> None:
    with lane.turn():
        began.set()
        end.wait(10)


def _is_turned_away(work: Callable[[], object]) -> bool:
    try:
        work()
    except LaneFull:
        return True
    return False


def test_of_ten_at_once_one_works_two_wait_and_seven_are_told_to_come_back() -> None:
    lane, began, end = Lane(queue=2, patience=10), Event(), Event()
    with ThreadPoolExecutor(10) as people:
        first = people.submit(_held, lane, began, end)
        assert began.wait(5)
        others = [people.submit(_is_turned_away, lambda: _work(lane)) for _each in range(9)]
        until(lambda: sum(each.done() for each in others) == 7)
        end.set()
        assert sum(each.result(5) for each in others) == 7
        first.result(5)


def _work(lane: Lane) -> None:
    with lane.turn():
        pass


def test_work_never_goes_two_at_a_time() -> None:
    lane, inside, most, lock = Lane(queue=9, patience=10), 0, 0, Lock()

    def work(_nth: int) -> None:
        nonlocal inside, most
        with lane.turn():
            with lock:
                inside += 1
                most = max(most, inside)
            let_pass(0.005)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(10) as people:
        list(people.map(work, range(10)))
    assert most == 1


def test_nobody_waits_longer_than_the_patience_of_a_lane_and_its_place_is_free_again() -> None:
    lane, began, end = Lane(queue=1, patience=0.1), Event(), Event()
    with ThreadPoolExecutor(1) as people:
        first = people.submit(_held, lane, began, end)
        assert began.wait(5)
        for _each in range(3):
            asked = monotonic()
            with pytest.raises(LaneFull), lane.turn():
                pass
            assert monotonic() - asked >= 0.1
        end.set()
        first.result(5)
    _work(lane)


def test_a_lane_is_free_after_work_that_failed() -> None:
    lane = Lane(queue=0, patience=0.1)
    with pytest.raises(ZeroDivisionError), lane.turn():
        raise ZeroDivisionError
    _work(lane)


def test_a_file_that_comes_when_the_lane_is_full_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lane = Lane(queue=0, patience=0.1)
    monkeypatch.setattr(apart, "FILES", lane)
    with lane.turn(), pytest.raises(LaneFull):
        apart.toml(b"a = 1")
    assert apart.toml(b"a = 1") == {"a": 1}
