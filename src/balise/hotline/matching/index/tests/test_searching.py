"""What a segment finds is what the flat scan finds, by numpy and by numba."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from balise.hotline.matching.index import attached, plain, segments
from balise.hotline.matching.index.attached import Engine
from balise.hotline.matching.index.segments import (
    Found,
    Hashes,
    Ids,
    Segment,
    words_of,
    write_segment,
)
from balise.hotline.matching.index.tests import hashes as made


@pytest.fixture(params=["plain", pytest.param("compiled", marks=pytest.mark.extra)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give each way of searching a segment."""
    if request.param == "plain":
        return plain.search
    compiled = attached.compiled()
    assert compiled is not None, "numba is not installed"
    return compiled


def segment_of(folder: Path, ids: Ids, hashes: Hashes) -> Segment:
    return Segment(folder / write_segment(ids, hashes, folder))


def same(engine: Engine, segment: Segment, asked: Hashes, within: int) -> int:
    """Compare with the flat scan; return how many were found."""
    found = engine(segment, asked, within)
    expected = segments.search(segment.ids, segment.hashes, asked, within=within).found
    assert [made.plain(one) for one in found] == [made.plain(one) for one in expected]
    return sum(len(one.ids) for one in found)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Segment, Hashes]:
    """Give 20,000 hashes, and 40 to ask: each has a neighbour at each of 0 to 32."""
    base, asked = made.drawn(20_000), made.drawn(40, seed=7)
    near = [made.neighbour(one, far, seed=far) for one in asked for far in range(33)]
    even = [made.spread_out(one, far) for one in asked[:4] for far in (15, 16, 31, 32)]
    hashes = np.concatenate([base, np.array(near), np.array(even)])
    folder = tmp_path_factory.mktemp("planted")
    return segment_of(folder, made.numbered(len(hashes)), hashes), asked


class TestPlanted:
    @pytest.mark.parametrize("within", [0, 1, 15, 16, 30, 31])
    def test_all_within_are_found_and_none_beyond(
        self, engine: Engine, planted: tuple[Segment, Hashes], within: int
    ) -> None:
        segment, asked = planted
        even = 4 * sum(far <= within for far in (15, 16, 31, 32))
        assert same(engine, segment, asked, within) == 40 * (within + 1) + even

    def test_what_is_asked_alone_is_answered_alike(
        self, engine: Engine, planted: tuple[Segment, Hashes]
    ) -> None:
        segment, asked = planted
        together = [made.plain(one) for one in engine(segment, asked, 31)]
        alone = [
            made.plain(engine(segment, asked[place : place + 1], 31)[0]) for place in range(40)
        ]
        assert together == alone

    def test_nothing_asked(self, engine: Engine, planted: tuple[Segment, Hashes]) -> None:
        assert engine(planted[0], made.drawn(0), 31) == []


class TestShapes:
    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_few(self, engine: Engine, tmp_path: Path, count: int) -> None:
        hashes = made.drawn(count)
        segment = segment_of(tmp_path, made.numbered(count), hashes)
        asked = np.concatenate([hashes, made.drawn(3, seed=5)])
        assert same(engine, segment, asked, 31) == count

    def test_many_of_one_hash(self, engine: Engine, tmp_path: Path) -> None:
        hashes = np.repeat(made.drawn(2), 700, axis=0)
        segment = segment_of(tmp_path, made.numbered(1400), hashes)
        assert same(engine, segment, made.drawn(2), 31) == 1400

    def test_ids_to_the_last(self, engine: Engine, tmp_path: Path) -> None:
        ids = np.array([2**32 - 1, 0], np.uint32)
        segment = segment_of(tmp_path, ids, made.drawn(2))
        assert [made.plain(one) for one in engine(segment, made.drawn(2), 0)] == [
            [(2**32 - 1, 0)],
            [(0, 0)],
        ]

    def test_all_bits_alike(self, engine: Engine, tmp_path: Path) -> None:
        hashes = words_of([bytes(32), b"\xff" * 32, bytes(31) + b"\x01", b"\x80" + bytes(31)])
        segment = segment_of(tmp_path, made.numbered(4), hashes)
        assert same(engine, segment, hashes, 31) == 10

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        seeds=st.lists(st.integers(0, 3), min_size=1, max_size=40),
        distances=st.lists(st.integers(0, 40), min_size=1, max_size=40),
        within=st.integers(0, 31),
    )
    def test_as_the_flat_scan(
        self, engine: Engine, tmp_path: Path, seeds: list[int], distances: list[int], within: int
    ) -> None:
        bases = made.drawn(4)
        hashes = np.array(
            [
                made.neighbour(bases[seed], far, seed=place)
                for place, (seed, far) in enumerate(zip(seeds, distances, strict=False))
            ]
        )
        segment = segment_of(tmp_path, made.numbered(len(hashes)), hashes)
        same(engine, segment, np.concatenate([bases, hashes]), within)
        segment.path.unlink()


class TestChoice:
    def test_a_large_segment_is_searched_by_what_is_compiled(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def search(*_question: object) -> list[Found]:
            asked.append("numba")
            return []

        monkeypatch.setattr(attached, "at_hand", lambda: search)
        segment = segment_of(tmp_path, made.numbered(10), made.drawn(10))
        attached.search(segment, made.drawn(1), 31)
        assert not asked
        monkeypatch.setattr(attached, "COMPILED_FROM", 10)
        attached.search(segment, made.drawn(1), 31)
        attached.search(segment, made.drawn(1), 32)
        assert asked == ["numba"], "beyond 31 bits the flat scan answers"

    def test_without_the_extra_numpy_answers(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(attached, "at_hand", lambda: None)
        monkeypatch.setattr(attached, "COMPILED_FROM", 0)
        segment = segment_of(tmp_path, made.numbered(10), made.drawn(10))
        assert made.plain(attached.search(segment, made.drawn(1), 31)[0]) == [(1, 0)]


def test_nothing_is_compiled_at_start() -> None:
    asked = "import sys, balise.hotline.matching.index.local; print('numba' in sys.modules)"
    said = subprocess.check_output([sys.executable, "-c", asked], text=True)  # noqa: S603
    assert said.strip() == "False"
