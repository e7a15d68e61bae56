"""The index of several machines: each segment held twice, on two nodes of a cluster.

The folder is as on one machine (`local`): manifest, segments, and the log that each process keeps
in memory. Only the searches of segments go elsewhere: to whichever copy of each answers. The nodes
know the storage of the house; it is given a copy of each segment before the manifest names it.
"""

import atexit
import os
import struct
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from balise.foundation.cluster import Cluster, Question, cluster
from balise.foundation.stored import SETTING, Bucket, Folder, discard, fetch, read_place, store
from balise.hotline.matching.index import attached
from balise.hotline.matching.index.attached import Attached
from balise.hotline.matching.index.local import LocalIndex, locked
from balise.hotline.matching.index.segments import Found, Hashes, Segment

# A segment that a node of a cluster holds. It knows the storage from the node's environment.


STORED: Final = "matching"  # the folder of segments in the storage
_COUNT: Final = struct.Struct("<I")


class Holder:
    """A segment, asked from elsewhere."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Attach a segment of the storage; raise `IndexRefused` where its checksum is another.

        A copy of a bucket's file is taken away at once: what is attached stays while it is held.
        """
        name = document["name"]
        with TemporaryDirectory() as folder:
            path = fetch(read_place(os.environ[SETTING]), f"{STORED}/{name}", Path(folder))
            if path.name != name:
                path = path.rename(path.with_name(name))
            self._segment = Segment(path)
            self._segment.verify()
        attached.at_hand()

    def answer(self, document: dict[str, Any], octets: bytes) -> bytes:
        """Return what lies within so many bits of each hash asked."""
        return packed(attached.search(self._segment, hashes_of(octets), document["within"]))


def octets_of(hashes: Hashes) -> bytes:
    """Return hashes as they are sent."""
    return hashes.astype("<u8").tobytes()


def hashes_of(octets: bytes) -> Hashes:
    """Return hashes that were sent."""
    return np.frombuffer(octets, "<u8").astype(np.uint64).reshape(-1, 4)


def packed(found: list[Found]) -> bytes:
    """Return what was found as it is sent: how many for each hash, then ids, then distances."""
    counts = np.array([len(one.ids) for one in found], "<u4")
    ids = [one.ids.astype("<u4").tobytes() for one in found]
    return b"".join(
        [_COUNT.pack(len(found)), counts.tobytes(), *ids, *(bytes(one.distances) for one in found)]
    )


def unpacked(octets: bytes) -> list[Found]:
    """Return what was found, of what was sent."""
    (length,) = _COUNT.unpack_from(octets)
    counts = np.frombuffer(octets, "<u4", length, _COUNT.size)
    total, start = int(counts.sum()), _COUNT.size + 4 * length
    ids = np.frombuffer(octets, "<u4", total, start).astype(np.uint32)
    distances = np.frombuffer(octets, np.uint8, total, start + 4 * total)
    ends = np.cumsum(counts)[:-1]
    if not length:
        return []
    pairs = zip(np.split(ids, ends), np.split(distances, ends), strict=True)
    return [Found(one, far) for one, far in pairs]


COPIES: Final = 2
ROOM: Final = 150_000_000  # octets that a holder needs beyond its segment
PATIENCE: Final = 0.1  # seconds for a copy to answer before the other is asked as well
SECONDS: Final = 2.0  # for a segment to answer, else it is missing
_AGAIN: Final = 5.0  # seconds before a segment that did not answer is placed again
_READY: Final = 60.0  # seconds for a new segment to be held


def opened(folder: Path, *, ray: str = "", storage: str = "") -> LocalIndex:
    """Return the index of a folder: spread where `ray` is the address of a cluster.

    `storage` is the house's, as `BALISE_STORAGE` has it. The process stays in the cluster until it
    ends. Raises `IndexRefused` and `ClusterFailed`.
    """
    if not ray:
        return LocalIndex(folder)
    return SpreadIndex(folder, _joined(ray), read_place(storage))


@cache
def _joined(address: str) -> Cluster:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(cluster(address))


class SpreadIndex(LocalIndex):
    """The index in a folder, whose segments are searched by the nodes of a cluster.

    A segment of which no copy answers is named in `Answers.missing`: what was found then is no
    proof that there is nothing else.
    """

    def __init__(self, folder: Path, cluster: Cluster, place: Folder | Bucket) -> None:
        self._cluster, self._storage = cluster, place
        self._copies: dict[str, list[Any]] = {}
        self._placed_at: dict[str, float] = {}
        self._silent: set[str] = set()
        super().__init__(folder)
        self._await(self.segments)

    def _asked(
        self, attached: Sequence[Attached], asked: Hashes, within: int
    ) -> tuple[list[tuple[Attached, list[Found]]], tuple[str, ...]]:
        """Ask a copy of each segment; those that are not held yet are placed."""
        self._hold(one.segment.name for one in attached)
        octets, document = octets_of(asked), {"within": within}
        questions = [
            Question(self._copies.get(one.segment.name, ()), document, octets) for one in attached
        ]
        answers = self._cluster.ask(questions, patience=PATIENCE, seconds=SECONDS)
        found, missing = [], []
        for one, answer in zip(attached, answers, strict=True):
            if answer is None:
                missing.append(one.segment.name)
            else:
                found.append((one, unpacked(answer)))
        self._silent = set(missing)
        return found, tuple(sorted(missing))

    def _place(self, names: Sequence[str]) -> None:
        """Have segments held, in the storage first; end what two manifests no longer name."""
        self._await(names)
        self._release({*self.segments, *names})

    def _store(self, names: Sequence[str]) -> None:
        """Give the storage what no node holds yet."""
        for name in set(names) - self._cluster.held():
            store(self._storage, f"{STORED}/{name}", self.folder / name)

    def _await(self, names: Sequence[str]) -> None:
        """Have segments held, and wait until a copy of each answers."""
        self._hold(names)
        questions = [Question(self._copies[name], {"within": 0}, b"") for name in names]
        self._cluster.ask(questions, patience=_READY, seconds=_READY)

    def _hold(self, names: Iterable[str]) -> None:
        """Have segments held of which this process knows no copies, or none that answered."""
        now = time.monotonic()
        lacking = [
            name
            for name in names
            if (name not in self._copies or name in self._silent)
            and self._placed_at.get(name, float("-inf")) < now - _AGAIN
        ]
        if not lacking:
            return
        with locked(self.folder, "placing"):
            self._store(lacking)
            for name in lacking:
                memory = (self.folder / name).stat().st_size + ROOM
                self._copies[name] = self._cluster.hold(
                    name, Holder, {"name": name}, memory=memory, copies=COPIES
                )
                self._placed_at[name] = now

    def _release(self, kept: set[str]) -> None:
        """End what is held of other segments than these."""
        with locked(self.folder, "placing"):
            for name in self._cluster.held() - kept:
                if name.endswith(".segment"):
                    self._cluster.release(name)
                    discard(self._storage, f"{STORED}/{name}")
