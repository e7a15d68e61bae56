"""The index on the three nodes of a Ray cluster: how long a look-up takes while parts are lost.

    .venv/bin/python bench/spread.py [HASHES]              4,000,000

It needs `scripts/setup peers`. The nodes run on this machine, with a token and TLS, as in the tests
(tests/ray_nodes.py); each of four segments is held on two of them. The same questions are asked of
the same folder without Ray first: that is what the network and Ray cost. Then one after another, in
a quiet cluster, while an actor is killed, while a node is killed, while a new segment is rolled
out: 50th and 99th percentiles, how many answers were partial (said to be), and how many wrong. The
99th percentile may be three times the one of the quiet cluster, or 100 ms: how long a copy is
waited for before the other is asked.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from tests import temporary  # noqa: E402
from tests.ray_nodes import Nodes  # noqa: E402

from balise.foundation.cluster import Question, cluster  # noqa: E402
from balise.foundation.stored import Folder  # noqa: E402
from balise.hotline.matching.index import attached  # noqa: E402
from balise.hotline.matching.index.local import LocalIndex  # noqa: E402
from balise.hotline.matching.index.manifest import Manifest, write  # noqa: E402
from balise.hotline.matching.index.segments import Hashes, write_segment  # noqa: E402
from balise.hotline.matching.index.spread import PATIENCE, SpreadIndex  # noqa: E402

COUNT, SEGMENTS, ASKED = 4_000_000, 4, 200
TIMES = 3.0
SECONDS = 10.0  # of each phase, at least


class Asking(Thread):
    """Asks one hash after another, and keeps how long each took."""

    def __init__(self, index: LocalIndex, hashes: Hashes) -> None:
        super().__init__()
        self._index, self._hashes, self._is_over = index, hashes, Event()
        self.took: list[float] = []
        self.partial = self.wrong = 0

    def run(self) -> None:
        """Ask until it is over."""
        while not self._is_over.is_set():
            place = len(self.took) % ASKED
            start = time.perf_counter()
            answers = self._index.search(self._hashes[place : place + 1])
            self.took.append(time.perf_counter() - start)
            if answers.missing:
                self.partial += 1
            elif answers.found[0].ids.tolist() != [place, ASKED + place]:
                self.wrong += 1

    def end(self) -> None:
        """Ask no longer."""
        self._is_over.set()
        self.join()


def main() -> None:
    """Make nodes and segments, and measure each phase."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with temporary.folder() as place, ExitStack() as stack:
        nodes = Nodes(place, stack)
        os.environ.update(nodes.variables)
        folder = place / "index"
        hashes = made(folder, count)
        here = LocalIndex(folder)
        attached.compiled()
        here.search(hashes[:ASKED])
        alone = phase("this machine, without Ray", here, hashes, lambda: None, 0.0)
        start = time.perf_counter()
        nodes.complete()
        print(f"  three nodes up in {time.perf_counter() - start:.0f} s")
        one = stack.enter_context(cluster(nodes.address))
        start = time.perf_counter()
        index = SpreadIndex(folder, one, Folder(nodes.stored))
        wait_for_all(index)
        print(f"  {len(index.segments)} segments held twice in {time.perf_counter() - start:.0f} s")
        quiet = phase("three nodes, quiet", index, hashes, lambda: None, 0.0)
        print(f"  Ray costs {1e3 * (quiet[0] - alone[0]):.1f} ms a look-up")
        phase("an actor is killed", index, hashes, lambda: kill_actor(index), quiet[1])
        phase("a node is killed", index, hashes, lambda: kill_node(nodes, index), quiet[1])
        nodes.complete()
        wait_for_all(index)
        phase("a segment is rolled out", index, hashes, lambda: roll(index, count), quiet[1])


def made(folder: Path, count: int) -> Hashes:
    """Write segments of equal size; return what is asked, each with a neighbour at 31 bits."""
    random = np.random.default_rng(5)
    hashes = random.integers(0, 2**64, (count, 4), dtype=np.uint64)
    hashes[ASKED : 2 * ASKED] = hashes[:ASKED]
    for bit in range(31):
        word, shift = bit % 4, np.uint64(2 * bit)
        hashes[ASKED : 2 * ASKED, word] ^= np.uint64(1) << shift
    asked = hashes[:ASKED].copy()
    LocalIndex(folder)
    order = random.permutation(count).astype(np.uint32)
    parts = [np.sort(part) for part in np.array_split(order, SEGMENTS)]
    start = time.perf_counter()
    names = tuple((write_segment(part, hashes[part], folder), "") for part in parts)
    write(folder, Manifest(number=1, segments=names))
    print(
        f"{count:,} hashes in {SEGMENTS} segments, written in {time.perf_counter() - start:.0f} s; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    return asked


def phase(
    name: str, index: LocalIndex, hashes: Hashes, does: Callable[[], None], before: float
) -> tuple[float, float]:
    """Print percentiles while something happens; return them."""
    asking = Asking(index, hashes)
    asking.start()
    start = time.monotonic()
    does()
    time.sleep(max(0.0, start + SECONDS - time.monotonic()))
    asking.end()
    middle, high = (float(np.percentile(asking.took, share)) for share in (50, 99))
    goal = ""
    if before:
        is_met = high <= max(TIMES * before, PATIENCE) and not asking.wrong
        goal = "(met)" if is_met else "(MISSED)"
    print(
        f"  {name:26} {1e3 * middle:7.2f} ms  p99 {1e3 * high:8.2f} ms  longest "
        f"{1e3 * max(asking.took):8.2f} ms  of {len(asking.took):,}: {asking.partial} partial, "
        f"{asking.wrong} wrong {goal}",
        flush=True,
    )
    return middle, high


def wait_for_all(index: SpreadIndex) -> None:
    """Wait until each copy answers."""
    questions = [
        Question([copy], {"within": 0}, b"")
        for name in index.segments
        for copy in index._copies[name]
    ]
    while None in index._cluster.ask(questions, patience=5.0, seconds=5.0):
        pass


def kill_actor(index: SpreadIndex) -> None:
    """Kill a copy of the first segment; Ray starts it again."""
    import ray  # noqa: PLC0415

    ray.kill(index._copies[index.segments[0]][0], no_restart=False)


def kill_node(nodes: Nodes, index: SpreadIndex) -> None:
    """Kill a node, and wait until others hold what it held."""
    start = time.perf_counter()
    nodes.kill_one()
    wait_for_all(index)
    print(f"  held by the others after {time.perf_counter() - start:.1f} s:")


def roll(index: SpreadIndex, count: int) -> None:
    """Add hashes, and write them as a new segment."""
    new = np.random.default_rng(6).integers(0, 2**64, (10_000, 4), dtype=np.uint64)
    index.add(np.arange(count, count + len(new), dtype=np.uint32), new)
    start = time.perf_counter()
    index.merge()
    print(f"  rolled out in {time.perf_counter() - start:.1f} s:")


if __name__ == "__main__":
    main()
