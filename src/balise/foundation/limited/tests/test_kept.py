"""A kept child: one start for many pieces; it is there again where it went."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from balise.foundation.limited.calling import Answered, Died, Limit, Limits, OverLimit
from balise.foundation.limited.kept import Kept
from balise.foundation.limited.tests import works

LIMITS = Limits(processor=10, memory=200_000_000, time=300.0, answer=10_000_000)


@pytest.fixture
def kept() -> Iterator[Kept]:
    one = Kept(works.warm)
    yield one
    one.end()


def asked(kept: Kept, octets: bytes = b"ab") -> bytes:
    found = kept.call(works.turn_round, octets, limits=LIMITS)
    assert isinstance(found, Answered)
    return found.octets


def of(kept: Kept) -> int:
    assert kept._child is not None
    return kept._child.pid


def test_many_pieces_have_one_start(kept: Kept) -> None:
    assert asked(kept) == b"ba"
    first = of(kept)
    assert kept.call(works.kill_itself, b"", limits=LIMITS) == Died(-11)
    assert asked(kept, b"cd") == b"dc"
    assert of(kept) == first


def test_nothing_is_left_of_a_piece(kept: Kept) -> None:
    limits = replace(LIMITS, time=1.0)
    assert kept.call(works.sleep_on, b"", limits=limits) == OverLimit(Limit.TIME)
    assert not Path(f"/proc/{of(kept)}/task/{of(kept)}/children").read_text().split()


def test_one_that_went_is_started_again(kept: Kept) -> None:
    asked(kept)
    first = of(kept)
    os.kill(first, signal.SIGKILL)
    assert asked(kept) == b"ba"
    assert of(kept) != first


def test_it_goes_with_who_asked(kept: Kept) -> None:
    asked(kept)
    child = kept._child
    assert child is not None
    assert kept._line is not None
    kept._line.close()
    assert child.wait(20) == 0
    kept._line = None


def test_where_it_cannot_be_kept_each_piece_has_a_child_of_its_own() -> None:
    kept = Kept(works.fail_to_warm)
    assert asked(kept) == b"ba"
    assert kept._child is None
