"""The index of one machine: what one process adds, all find; merges disturb nobody."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests import temporary

from balise.hotline.matching.index import local, manifest, segments
from balise.hotline.matching.index.local import LocalIndex, to_merge
from balise.hotline.matching.index.segments import IndexRefused, write_segment
from balise.hotline.matching.index.tests import hashes as made
from balise.hotline.matching.index.tests.contract import BASE, AnyIndex, found, ids


@pytest.fixture
def index(tmp_path: Path) -> LocalIndex:
    """Give an index without any hash."""
    return LocalIndex(tmp_path / "index")


class TestOnThisMachine(AnyIndex):
    def test_what_is_there_is_not_written_again(self, index: LocalIndex) -> None:
        index.add(ids(1, 2), BASE[:2])
        size = (index.folder / "1.log").stat().st_size
        index.add(ids(1, 2), BASE[:2])
        index.remove(ids(7))
        assert (index.folder / "1.log").stat().st_size == size
        index.merge()
        index.add(ids(1, 2), BASE[:2])
        assert len(index) == 2
        assert not index._standing.live.rows

    def test_how_far_it_has_come(self, index: LocalIndex) -> None:
        assert index.reached == 0
        index.reach(41)
        index.reach(7)
        other = LocalIndex(index.folder)
        assert other.reached == 41
        index.merge()
        assert [one.reached for one in (index, other, LocalIndex(index.folder))] == [41] * 3

    def test_a_copy_of_the_folder_is_an_index(self, index: LocalIndex, tmp_path: Path) -> None:
        index.add(ids(1), BASE[:1])
        index.merge()
        index.add(ids(2), BASE[1:2])
        shutil.copytree(index.folder, tmp_path / "copy", copy_function=shutil.copyfile)
        copy = LocalIndex(tmp_path / "copy")
        standing = copy._standing
        assert (found(copy, 0), found(copy, 1)) == ([(1, 0)], [(2, 0)])
        assert copy._standing is standing, "its manifest has another date, and is read once"
        copy.merge()
        assert len(LocalIndex(copy.folder)) == len(copy) == 2


class TestMerging:
    def test_many_small_segments_become_few(self, index: LocalIndex) -> None:
        for step in range(30):
            index.add(ids(*range(10 * step, 10 * step + 10)), BASE[10 * step : 10 * step + 10])
            index.merge()
            assert len(index) == 10 * step + 10
        assert len(index.segments) <= 4
        assert all(found(index, place) == [(place, 0)] for place in range(300))
        kept = {path.name for path in index.folder.iterdir() if path.suffix != ".lock"}
        assert kept == {manifest.NAME, index._standing.manifest.log, *index.segments}

    def test_ids_that_are_gone_from_a_segment_that_stays(self, index: LocalIndex) -> None:
        index.add(ids(*range(300)), BASE)
        index.merge()
        large = index.segments
        index.remove(ids(4, 5))
        index.merge()
        assert index.segments == large
        assert (len(index), found(index, 4), found(index, 6)) == (298, [], [(6, 0)])
        index.add(ids(4), BASE[4:5])
        assert (len(index), found(index, 4)) == (299, [(4, 0)])
        index.merge()
        assert (len(index), found(index, 4)) == (299, [(4, 0)])

    def test_a_segment_with_many_gone_is_written_again(self, index: LocalIndex) -> None:
        index.add(ids(*range(300)), BASE)
        index.merge()
        index.remove(ids(*range(80)))
        index.merge()
        index.merge()
        assert [one.segment.count for one in index._standing.attached] == [220]

    def test_a_damaged_segment_is_not_merged(self, index: LocalIndex) -> None:
        index.add(ids(1), BASE[:1])
        index.merge()
        path = index.folder / index.segments[0]
        octets = bytearray(path.read_bytes())
        octets[-1] ^= 1
        path.write_bytes(octets)
        index.add(ids(2), BASE[1:2])
        with pytest.raises(IndexRefused, match="checksum"):
            index.merge()

    def test_it_is_wanted_after_many_records(
        self, index: LocalIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(local, "MERGE_AT", 3)
        wanted = []
        changes = (
            lambda: index.add(ids(1, 2), BASE[:2]),
            lambda: index.remove(ids(1)),
            index.merge,
        )
        for change in changes:
            change()
            wanted.append(index.wants_merge)
        assert wanted == [False, True, False]

    def test_what_is_added_meanwhile_is_kept(
        self, index: LocalIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = LocalIndex(index.folder)
        index.add(ids(1, 2), BASE[:2])

        def slow(*arguments: Any) -> str:
            other.add(ids(3), BASE[2:3])
            other.remove(ids(1))
            assert not other.merge(), "one merges at a time"
            assert found(other, 1) == [(2, 0)]
            return write_segment(*arguments)

        monkeypatch.setattr(local, "write_segment", slow)
        assert index.merge()
        for one in (index, other, LocalIndex(index.folder)):
            assert [found(one, place) for place in range(3)] == [[], [(2, 0)], [(3, 0)]]
            assert len(one) == 2

    def test_a_search_goes_on_while_files_change(self, index: LocalIndex) -> None:
        index.add(ids(*range(100)), BASE[:100])
        index.merge()
        is_over, failed = Event(), []

        def search() -> None:
            reader = LocalIndex(index.folder)
            while not is_over.is_set():
                if found(reader, 50) != [(50, 0)]:
                    failed.append(1)

        thread = Thread(target=search)
        thread.start()
        for step in range(100, 130):
            index.add(ids(step), BASE[step : step + 1])
            index.remove(ids(step - 100))
            index.merge()
        is_over.set()
        thread.join()
        assert not failed

    @pytest.mark.parametrize(
        ("sizes", "added", "anew"),
        [
            ([], 5, []),
            ([(1000, 0)], 10, [False]),
            ([(1000, 0), (30, 0)], 10, [False, True]),
            ([(100, 0), (30, 0)], 10, [True, True]),
            ([(1000, 250)], 0, [True]),
            ([(1000, 240)], 0, [False]),
            ([(100_000, 0), (200, 50)], 0, [False, True]),
        ],
    )
    def test_which(self, sizes: list[tuple[int, int]], added: int, anew: list[bool]) -> None:
        assert to_merge(sizes, added) == anew


class TestRefused:
    def test_a_file_that_is_missing(self, index: LocalIndex) -> None:
        index.add(ids(1), BASE[:1])
        index.merge()
        (index.folder / index.segments[0]).unlink()
        with pytest.raises(IndexRefused, match="missing"):
            LocalIndex(index.folder)

    @pytest.mark.parametrize("code", ["foreign", "version", "byte_order", "cut_short"])
    def test_a_log_of_another_make(self, index: LocalIndex, code: str) -> None:
        path = index.folder / "1.log"
        octets = bytearray(path.read_bytes())
        match code:
            case "foreign":
                octets[8] ^= 1
            case "version":
                octets[16] ^= 3
            case "byte_order":
                octets[4:8] = octets[4:8][::-1]
            case _:
                del octets[20:]
        path.write_bytes(octets)
        with pytest.raises(IndexRefused, match=code):
            LocalIndex(index.folder)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "cut_short"),
            (b"[]", "cut_short"),
            (b'{"version": 2}', "version"),
            (b'{"version": 1, "byte_order": "middle"}', "byte_order"),
        ],
    )
    def test_a_manifest(self, index: LocalIndex, content: bytes, code: str) -> None:
        (index.folder / manifest.NAME).write_bytes(content)
        with pytest.raises(IndexRefused, match=code):
            LocalIndex(index.folder)

    def test_it_is_made_again_and_those_who_read_see_it(self, index: LocalIndex) -> None:
        index.add(ids(1), BASE[:1])
        index.merge()
        (index.folder / index.segments[0]).write_bytes(b"")
        again = LocalIndex.rebuilt(index.folder, ids(7, 8), BASE[1:3], reached=5)
        for one in (again, index):
            assert (found(one, 0), found(one, 1), len(one), one.reached) == ([], [(7, 0)], 2, 5)
        LocalIndex.rebuilt(index.folder, ids(), BASE[:0])
        assert len(index) == 0

    def test_a_record_that_was_half_written(self, index: LocalIndex) -> None:
        index.add(ids(1, 2), BASE[:2])
        log = index.folder / "1.log"
        with log.open("ab") as file:
            file.write(log.read_bytes()[48:90])
        other = LocalIndex(index.folder)
        assert len(other) == 2
        index.add(ids(3), BASE[2:3])
        assert (len(index), len(other), log.stat().st_size) == (3, 3, 4 * 48)

    def test_a_record_that_was_changed(self, index: LocalIndex) -> None:
        index.add(ids(1, 2), BASE[:2])
        log = index.folder / "1.log"
        octets = bytearray(log.read_bytes())
        octets[2 * 48 + 9] ^= 1
        log.write_bytes(octets)
        assert len(LocalIndex(index.folder)) == 1


ADDING = """
import sys
from pathlib import Path
import numpy as np
from balise.hotline.matching.index.local import LocalIndex
from balise.hotline.matching.index.tests import hashes as made
index, first = LocalIndex(Path(sys.argv[1])), int(sys.argv[2])
hashes = made.drawn(200, seed=first)
for place in range(200):
    index.add(np.array([first + place], np.uint32), hashes[place : place + 1])
    if place % 50 == 49:
        index.merge()
"""


def test_two_processes_add(index: LocalIndex) -> None:
    started = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", ADDING, str(index.folder), str(first)],
            env=temporary.environment() | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for first in (1000, 2000)
    ]
    assert [one.wait() for one in started] == [0, 0]
    assert len(index) == 400
    for first in (1000, 2000):
        answers = index.search(made.drawn(200, seed=first))
        assert made.listed(answers) == [[(first + place, 0)] for place in range(200)]


class Machine(RuleBasedStateMachine):
    """Whatever is done in whatever order, the index answers as a flat scan of what is there."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: dict[int, int] = {}
        self._folder = temporary.folder()
        path = self._folder.__enter__()
        self.indexes = [LocalIndex(path / "index"), LocalIndex(path / "index")]

    def teardown(self) -> None:
        """Take the folder away."""
        self._folder.__exit__(None, None, None)

    @rule(
        who=st.integers(0, 1),
        names=st.lists(st.integers(0, 12), max_size=5),
        shift=st.integers(0, 2),
    )
    def add(self, who: int, names: list[int], shift: int) -> None:
        """Add some, also twice, also under an id that had another hash."""
        self.indexes[who].add(ids(*names), BASE[[name + shift for name in names]])
        self.expected |= {name: name + shift for name in names}

    @rule(who=st.integers(0, 1), names=st.lists(st.integers(0, 14), max_size=5))
    def remove(self, who: int, names: list[int]) -> None:
        """Take some away, whether they are there or not."""
        self.indexes[who].remove(ids(*names))
        for name in names:
            self.expected.pop(name, None)

    @rule(who=st.integers(0, 1))
    def merge(self, who: int) -> None:
        """Write segments."""
        assert self.indexes[who].merge()

    @invariant()
    def answers_as_the_flat_scan(self) -> None:
        """Compare all answers."""
        names = ids(*self.expected)
        hashes = BASE[list(self.expected.values())]
        expected = made.listed(segments.search(names, hashes, BASE[:16], within=31))
        for index in self.indexes:
            assert made.listed(index.search(BASE[:16])) == expected
            assert len(index) == len(names)


Machine.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
TestAnyOrder = Machine.TestCase
