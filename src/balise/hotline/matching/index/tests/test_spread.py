"""The index of several machines: as on one; a segment that does not answer is said.

Beside Ray (`make test-extras`) an actor and a node are killed; without it, objects of this process
stand for what nodes hold.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

import numpy as np
import pytest
from tests.ray_nodes import Nodes
from tests.waiting import until

from balise.foundation.cluster import Cluster, Question, checked, cluster
from balise.foundation.files.tests.makers import s3_server
from balise.foundation.stored import Bucket, Folder
from balise.hotline.matching.index import segments, spread
from balise.hotline.matching.index.local import LocalIndex
from balise.hotline.matching.index.segments import Found, IndexRefused
from balise.hotline.matching.index.spread import Holder, SpreadIndex
from balise.hotline.matching.index.tests import hashes as made
from balise.hotline.matching.index.tests.contract import BASE, AnyIndex, found, ids


class Nearby(Cluster):
    """A cluster whose nodes are this process; copies can be silenced."""

    def __init__(self) -> None:
        self.groups: dict[str, list[Any]] = {}
        self.silent: set[str] = set()

    def hold(
        self, name: str, kind: type[Any], document: Any, *, memory: int, copies: int
    ) -> list[Any]:
        """Make copies, or return those that are there."""
        if name not in self.groups:
            self.groups[name] = [kind(checked(document)) for _ in range(copies)]
        return self.groups[name]

    def held(self) -> set[str]:
        """Return the names."""
        return set(self.groups)

    def release(self, name: str) -> None:
        """Forget the copies."""
        del self.groups[name]

    def ask(
        self, questions: Sequence[Question], *, patience: float, seconds: float
    ) -> list[bytes | None]:
        """Ask a copy of each that is not silent."""
        silent = {id(one) for name in self.silent for one in self.groups[name]}
        return [
            next(
                (
                    copy.answer(checked(one.document), one.octets)
                    for copy in one.copies
                    if id(copy) not in silent
                ),
                None,
            )
            for one in questions
        ]


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the house's storage, as a node knows it."""
    monkeypatch.setenv("BALISE_STORAGE", str(tmp_path))
    return tmp_path


@pytest.fixture
def nearby() -> Nearby:
    """Give a cluster within this process."""
    return Nearby()


@pytest.fixture
def index(stored: Path, nearby: Nearby) -> SpreadIndex:
    """Give an index without any hash."""
    return SpreadIndex(stored / "index", nearby, Folder(stored))


class TestWithoutRay(AnyIndex):
    def test_each_segment_is_held_twice(self, index: SpreadIndex, nearby: Nearby) -> None:
        index.add(ids(1, 2), BASE[:2])
        assert not nearby.groups
        index.merge()
        assert {name: len(copies) for name, copies in nearby.groups.items()} == dict.fromkeys(
            index.segments, 2
        )

    def test_what_two_manifests_no_longer_name_is_released(
        self, index: SpreadIndex, nearby: Nearby
    ) -> None:
        names = []
        for step in range(3):
            index.add(ids(step), BASE[step : step + 1])
            index.merge()
            names.append(index.segments)
        assert nearby.held() == {*names[1], *names[2]}

    def test_a_segment_that_is_silent_is_never_nothing(
        self, index: SpreadIndex, nearby: Nearby
    ) -> None:
        index.add(ids(*range(200)), BASE[:200])
        index.merge()
        (large,) = index.segments
        index.add(ids(200, 201), BASE[200:202])
        index.merge()
        index.add(ids(202), BASE[202:203])
        nearby.silent = {large}
        answers = index.search(BASE[[5, 200, 202]])
        assert made.listed(answers) == [[], [(200, 0)], [(202, 0)]]
        assert answers.missing == (large,)
        nearby.silent = set()
        assert found(index, 5) == [(5, 0)]

    def test_one_that_was_lost_is_placed_again(
        self, index: SpreadIndex, nearby: Nearby, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index.add(ids(1), BASE[:1])
        index.merge()
        nearby.silent = set(index.segments)
        assert index.search(BASE[:1]).missing == index.segments
        nearby.groups.clear()
        nearby.silent = set()
        index._copies[index.segments[0]] = []
        assert index.search(BASE[:1]).missing == index.segments, "not at every search"
        monkeypatch.setattr(spread, "_AGAIN", 0.0)
        assert found(index, 0) == [(1, 0)]

    def test_another_process_finds_what_is_held(self, index: SpreadIndex, nearby: Nearby) -> None:
        other = SpreadIndex(index.folder, nearby, index._storage)
        index.add(ids(1, 2), BASE[:2])
        assert found(other, 0) == [(1, 0)]
        index.merge()
        assert (found(other, 0), found(other, 1)) == ([(1, 0)], [(2, 0)])
        assert len(nearby.groups) == 1

    def test_the_storage_has_what_is_held_and_nothing_else(
        self, index: SpreadIndex, nearby: Nearby, stored: Path
    ) -> None:
        for step in range(3):
            index.add(ids(step), BASE[step : step + 1])
            index.merge()
            kept = {path.name for path in (stored / spread.STORED).iterdir()}
            assert kept == nearby.held()

    def test_it_is_spread_where_a_cluster_is_named(
        self, tmp_path: Path, nearby: Nearby, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clusters = {"10.0.0.4:6379": nearby}
        monkeypatch.setattr(spread, "_joined", clusters.__getitem__)
        assert type(spread.opened(tmp_path)) is LocalIndex
        index = spread.opened(tmp_path, ray="10.0.0.4:6379", storage=str(tmp_path))
        assert type(index) is SpreadIndex

    def test_a_bucket_is_given_each_segment(
        self, tmp_path: Path, nearby: Nearby, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import boto3  # noqa: PLC0415 - slow to load

        with s3_server(monkeypatch) as endpoint:
            monkeypatch.setenv(
                "BALISE_STORAGE", f"s3://kept/balise?endpoint={endpoint}&region=us-east-1"
            )
            client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
            client.create_bucket(Bucket="kept")
            client.close()
            place = Bucket("kept", "balise", endpoint, "us-east-1")
            index = SpreadIndex(tmp_path / "index", nearby, place)
            index.add(ids(1), BASE[:1])
            index.merge()
            assert found(index, 0) == [(1, 0)]
            nearby.groups.clear()
            again = SpreadIndex(tmp_path / "index", nearby, place)
            assert found(again, 0) == [(1, 0)]
            again.add(ids(2), BASE[1:2])
            for _ in range(2):
                again.merge()
            assert found(again, 1) == [(2, 0)]


class TestHolder:
    def test_answers_as_the_flat_scan(self, stored: Path) -> None:
        local = LocalIndex.rebuilt(stored / spread.STORED, made.numbered(300), BASE)
        holder = Holder({"name": local.segments[0]})
        for within in (0, 31, 100):
            octets = holder.answer({"within": within}, spread.octets_of(BASE[:20]))
            expected = segments.search(made.numbered(300), BASE, BASE[:20], within=within).found
            assert [made.plain(one) for one in spread.unpacked(octets)] == [
                made.plain(one) for one in expected
            ]
        assert spread.unpacked(holder.answer({"within": 31}, b"")) == []

    def test_a_file_of_another_content_is_refused(self, stored: Path) -> None:
        local = LocalIndex.rebuilt(stored / spread.STORED, made.numbered(3), BASE[:3])
        path = local.folder / local.segments[0]
        octets = bytearray(path.read_bytes())
        octets[-1] ^= 1
        path.write_bytes(octets)
        with pytest.raises(IndexRefused, match="checksum"):
            Holder({"name": path.name})

    def test_what_is_sent_says_what_was_found(self) -> None:
        some = [
            Found(ids(), np.empty(0, np.uint8)),
            Found(ids(2**32 - 1, 4), np.array([3, 255], np.uint8)),
            Found(ids(9), np.array([0], np.uint8)),
        ]
        again = spread.unpacked(spread.packed(some))
        assert [made.plain(one) for one in again] == [made.plain(one) for one in some]


@pytest.fixture(scope="module")
def reached(_ray_nodes: Nodes) -> Iterator[tuple[Nodes, Cluster]]:
    """Give three nodes, and the cluster that they make."""
    with pytest.MonkeyPatch.context() as patch:
        _ray_nodes.complete()
        for name, value in _ray_nodes.variables.items():
            patch.setenv(name, value)
        with cluster(_ray_nodes.address) as one:
            yield _ray_nodes, one


@pytest.fixture
def folder(reached: tuple[Nodes, Cluster], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the index in the storage, without anything; nothing is held."""
    monkeypatch.setattr(spread, "SECONDS", 60.0)  # a busy machine is no lost node
    nodes, one = reached
    nodes.complete()
    for name in one.held():
        one.release(name)
    for folder in (nodes.stored / spread.STORED, nodes.folder / "index"):
        shutil.rmtree(folder, ignore_errors=True)
    return nodes.folder / "index"


@pytest.mark.extra
class TestOnRay(AnyIndex):
    @pytest.fixture
    def index(self, folder: Path, reached: tuple[Nodes, Cluster]) -> SpreadIndex:
        """Give an index without any hash."""
        return SpreadIndex(folder, reached[1], Folder(reached[0].stored))


COUNT, ASKED = 200_000, 20
LARGE = made.drawn(COUNT, seed=9)
NAMES = made.numbered(COUNT)
for _place in range(ASKED):  # neighbours in the first segment and in the second, and a decoy
    for _at, _far in ((1000, 17), (COUNT - 1000, 31), (2000, 32)):
        LARGE[_at + _place] = made.neighbour(LARGE[_place], _far, seed=_at + _place)


class Searching(Thread):
    """Searches one hash after another until it is stopped, and looks at each answer."""

    def __init__(self, index: SpreadIndex) -> None:
        super().__init__()
        self._index, self._is_over = index, Event()
        self.right = self.partial = self.wrong = 0

    def run(self) -> None:
        """Search."""
        while not self._is_over.is_set():
            place = (self.right + self.partial) % ASKED
            answers = self._index.search(LARGE[place : place + 1])
            found = made.listed(answers)[0]
            if found == expected(place):
                self.right += 1
            elif answers.missing:
                self.partial += 1
            else:
                self.wrong += 1

    def more(self) -> None:
        """Wait until each hash was asked again and found."""
        since = self.right
        until(lambda: self.right > since + 2 * ASKED)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self.join()


def expected(place: int) -> list[tuple[int, int]]:
    """Return what is found of a hash where all segments answer."""
    near = (place, 0), (1000 + place, 17), (COUNT - 1000 + place, 31)
    return [(int(NAMES[at]), far) for at, far in near]


@pytest.mark.extra
class TestLosses:
    """Two segments, of 160,000 hashes and 40,000."""

    @pytest.fixture
    def large(self, folder: Path, reached: tuple[Nodes, Cluster]) -> SpreadIndex:
        """Give an index whose copies all answer."""
        first = slice(0, COUNT * 4 // 5)
        LocalIndex.rebuilt(folder, NAMES[first], LARGE[first])
        index = SpreadIndex(folder, reached[1], Folder(reached[0].stored))
        index.add(NAMES[first.stop :], LARGE[first.stop :])
        index.merge()
        assert len(index.segments) == 2
        until(lambda: self.all_answer(index))
        return index

    def all_answer(self, index: SpreadIndex) -> bool:
        """Return whether each copy of each segment answers."""
        copies = [copy for name in index.segments for copy in index._copies[name]]
        questions = [Question([copy], {"within": 0}, b"") for copy in copies]
        answers = index._cluster.ask(questions, patience=1.0, seconds=1.0)
        return len(answers) == 4 and None not in answers

    def test_an_actor_that_is_killed(self, large: SpreadIndex) -> None:
        import ray  # noqa: PLC0415 - an extra

        with Searching(large) as searching:
            searching.more()
            for name in large.segments:
                ray.kill(large._copies[name][0], no_restart=False)
            searching.more()
            until(lambda: self.all_answer(large))
        assert searching.wrong == 0
        assert found_all(large)

    def test_a_node_that_is_killed(
        self, large: SpreadIndex, reached: tuple[Nodes, Cluster]
    ) -> None:
        with Searching(large) as searching:
            searching.more()
            reached[0].kill_one()
            searching.more()
            until(lambda: self.all_answer(large))  # also what that node held, on another
        assert searching.wrong == 0
        assert found_all(large)

    def test_a_segment_without_any_copy_is_said(self, large: SpreadIndex) -> None:
        name = large.segments[0]
        large._cluster.release(name)
        answers = large.search(LARGE[:1])
        assert answers.missing == (name,)
        assert made.listed(answers) == [expected(0)[-1:]]
        until(lambda: not large.search(LARGE[:1]).missing)
        assert found_all(large)

    def test_what_is_added_is_found_by_all_at_once(self, large: SpreadIndex) -> None:
        other = SpreadIndex(large.folder, large._cluster, large._storage)
        new = made.drawn(1, seed=77)
        large.add(ids(5), new)
        assert made.listed(other.search(new)) == [[(5, 0)]]
        large.remove(ids(5))
        assert made.listed(other.search(new)) == [[]]

    def test_new_segments_under_load(self, large: SpreadIndex) -> None:
        other = SpreadIndex(large.folder, large._cluster, large._storage)
        with Searching(other) as searching:
            for step in range(3):
                new = made.drawn(2_000, seed=100 + step)
                large.add(made.numbered(2_000, first=10**6 * (step + 1)), new)
                large.merge()
                searching.more()
        assert (searching.wrong, searching.partial) == (0, 0)
        assert found_all(large)


def found_all(index: SpreadIndex) -> bool:
    """Return whether all that is near is found."""
    answers = index.search(LARGE[:ASKED])
    return not answers.missing and made.listed(answers) == [expected(one) for one in range(ASKED)]
