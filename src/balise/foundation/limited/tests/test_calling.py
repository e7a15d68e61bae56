"""Each limit of a child is reached by one that misbehaves, and nothing else is."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from balise.foundation.limited import calling
from balise.foundation.limited.calling import (
    Answered,
    Died,
    Limit,
    Limits,
    Outcome,
    OverLimit,
    Refused,
    Work,
)
from balise.foundation.limited.kept import Kept
from balise.foundation.limited.tests import works

# Time is ample: a busy machine must not be mistaken for a child that dawdles.
type Call = Callable[..., Outcome]
LIMITS = Limits(processor=10, memory=200_000_000, time=300.0, answer=10_000_000)


@pytest.fixture(params=["a child for each", "a kept child"])
def call(request: pytest.FixtureRequest) -> Iterator[Call]:
    if request.param == "a child for each":
        yield calling.call
        return
    kept = Kept(works.warm)
    yield kept.call
    kept.end()


def test_an_answer_comes_back_as_octets(call: Call) -> None:
    assert call(works.turn_round, b"\x00\xffab", limits=LIMITS) == Answered(b"ba\xff\x00")


def test_octets_that_fill_both_pipes_pass(call: Call) -> None:
    octets = os.urandom(5_000_000)
    assert call(works.turn_round, octets, limits=LIMITS) == Answered(octets[::-1])


def test_a_refusal_says_its_code(call: Call) -> None:
    assert call(works.refuse, b"x", limits=LIMITS) == Refused("not-a-picture")


def test_what_uses_the_processor_too_long_is_ended(call: Call) -> None:
    limits = replace(LIMITS, processor=1)
    assert call(works.spin, b"", limits=limits) == OverLimit(Limit.PROCESSOR)


def test_what_takes_too_much_memory_is_ended(call: Call) -> None:
    assert call(works.gorge, b"", limits=LIMITS) == OverLimit(Limit.MEMORY)


@pytest.mark.parametrize("work", [works.sleep, works.sleep_on, works.answer_and_stay])
def test_what_lets_time_pass_is_ended(call: Call, work: Work) -> None:
    assert call(work, b"", limits=replace(LIMITS, time=1.5)) == OverLimit(Limit.TIME)


def test_what_answers_without_end_is_ended(call: Call) -> None:
    assert call(works.babble, b"", limits=LIMITS) == OverLimit(Limit.ANSWER)


@pytest.mark.parametrize(
    ("work", "status"), [(works.crash, 1), (works.kill_itself, -11), (works.read_nothing, 3)]
)
def test_what_dies_says_how(call: Call, work: Work, status: int) -> None:
    assert call(work, b"x" * 1_000_000, limits=LIMITS) == Died(status)


def test_it_writes_no_file(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert call(works.write_a_file, str(target).encode(), limits=LIMITS) == Answered(b"refused")
    assert not target.exists() or not target.read_bytes()


def test_it_sees_neither_our_environment_nor_our_files(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALISE_SECRET_KEY", "not for a child")
    with Path("/dev/null").open("rb"):
        outcome = call(works.tell_what_it_sees, b"", limits=LIMITS)
    assert isinstance(outcome, Answered)
    seen = json.loads(outcome.octets)
    assert sorted(seen["environment"]) == ["LC_ALL", "OPENBLAS_NUM_THREADS"]
    assert len(seen["files"]) == 4  # three, and the one that lists them
    assert seen["modules"] == []


def test_nothing_is_left_of_a_child() -> None:
    before = set(_children())
    calling.call(works.sleep_on, b"", limits=replace(LIMITS, time=1.0))
    calling.call(works.turn_round, b"x", limits=LIMITS)
    assert set(_children()) <= before


def test_several_threads_call_at_once(call: Call) -> None:
    found: list[object] = []
    threads = [
        threading.Thread(
            target=lambda n=n: found.append(call(works.turn_round, b"%d|" % n, limits=LIMITS))
        )
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(one) for one in found) == sorted(str(Answered(b"|%d" % n)) for n in range(6))


def test_a_function_inside_another_is_not_called(call: Call) -> None:
    def inside(octets: bytes) -> bytes:
        return octets

    with pytest.raises(ValueError, match="not at the top"):
        call(inside, b"", limits=LIMITS)


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
