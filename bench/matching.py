"""How quickly a hash is looked up among many: ours, threatexchange's index, faiss, the flat scan.

    .venv/bin/python bench/matching.py [HASHES ...]        1,000,000 and 10,000,000

The peers are in the group `matchers`, which set-up leaves out and `scripts/bench` fetches:

    scripts/setup matchers

Hashes are drawn; of 400 that are asked, 200 have four neighbours at 0 to 31 bits, one of them at
31, and a decoy at 32. All are asked one at a time, on one processor, and the median counts. What
ours finds is compared with the flat scan of every hash. Then, in processes of their own: memory
with every page read, and memory while hashes are added, removed and merged.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402

from balise.hotline.matching.index import attached, segments  # noqa: E402
from balise.hotline.matching.index.local import LocalIndex  # noqa: E402
from balise.hotline.matching.index.segments import Hashes, Segment  # noqa: E402

SIZES = (1_000_000, 10_000_000)
ASKED, PLANTED = 400, 200
CHURNED, CHURN, MERGES = 100_000, 1_000, 40
TIMES = {1_000_000: 15, 10_000_000: 25}
LEAST, ROOM, ATTACH, EIGHT, FLAT = 4_000, 3 << 30, 0.010, 6.0, 0.05

type Search = Callable[[Hashes], Any]


def main() -> None:
    """Measure each size in turn."""
    match sys.argv[1:]:
        case ["memory", place]:
            return memory(Path(place))
        case ["churn", place]:
            return churn(Path(place))
    if not (find_spec("faiss") and find_spec("threatexchange")):
        sys.exit("the peers are not here, and nothing was measured: scripts/setup matchers")
    churned()
    for size in map(int, sys.argv[1:] or SIZES):
        measure(size)
    return None


def drawn(size: int) -> tuple[Hashes, Hashes]:
    """Return hashes, and those that are asked."""
    random = np.random.default_rng(17)
    hashes = random.integers(0, 2**64, (size, 4), dtype=np.uint64)
    asked = random.integers(0, 2**64, (ASKED, 4), dtype=np.uint64)
    places = random.permutation(size)[: 5 * PLANTED].reshape(PLANTED, 5)
    for one, where in zip(asked, places, strict=False):
        for place, far in zip(where, (*random.integers(0, 32, 3), 31, 32), strict=True):
            bits = random.choice(256, far, replace=False)
            changed = one.copy()
            for bit in bits.tolist():
                changed[bit // 64] ^= np.uint64(1 << (63 - bit % 64))
            hashes[place] = changed
    return hashes, asked


def measure(size: int) -> None:
    """Print one table."""
    print(f"\n{size:,} hashes; load {os.getloadavg()[0]:.1f}")
    hashes, asked = drawn(size)
    ids = np.arange(size, dtype=np.uint32)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        start = time.perf_counter()
        index = LocalIndex.rebuilt(folder, ids, hashes)
        print(f"  built in {time.perf_counter() - start:.1f} s, {octets(folder) / 2**20:,.0f} MiB")
        attach(folder / index.segments[0])
        ours = speeds(index, asked)
        recall(index, ids, hashes, asked)
        said = subprocess.check_output([sys.executable, __file__, "memory", place], text=True)
        print(f"  {said.strip()}")
        peers(ours, ids, hashes, asked)


def speeds(index: LocalIndex, asked: Hashes) -> float:
    """Print ours; return the seconds of one look-up with the extra, else with numpy."""
    with only_numpy():
        index.search(asked[:10])
        by_numpy = median(index.search, asked)
        print(f"  numpy            {1 / by_numpy:9,.0f}/s, one at a time")
    if attached.compiled() is None:
        print("  numba            not installed: balise[matching]")
        return by_numpy
    index.search(asked)
    ours = median(index.search, asked)
    start = time.perf_counter()
    index.search(asked)
    together = (time.perf_counter() - start) / ASKED
    goal = "" if len(index) < max(SIZES) else verdict(1 / ours >= LEAST)
    print(f"  numba            {1 / ours:9,.0f}/s, {1 / together:,.0f}/s as one batch {goal}")
    eight = median(index.search, turned(asked), 8)
    goal = "" if len(index) != min(SIZES) else verdict(eight / ours <= EIGHT)
    print(f"  eight turns      {eight / ours:9.1f} × one look-up, as one batch {goal}")
    return ours


def recall(index: LocalIndex, ids: np.ndarray, hashes: Hashes, asked: Hashes) -> None:
    """Compare all that was found with the flat scan."""
    start = time.perf_counter()
    expected = segments.search(ids, hashes, asked, within=31).found
    took = (time.perf_counter() - start) / ASKED
    for found in (index.search(asked).found, numpy_found(index, asked)):
        for one, other in zip(found, expected, strict=True):
            assert one.ids.tolist() == other.ids.tolist()
            assert one.distances.tolist() == other.distances.tolist()
    count = sum(len(one.ids) for one in expected)
    assert count >= 4 * PLANTED
    print(f"  flat scan        {1 / took:9,.0f}/s; recall 1.0 of {count}, nothing else found")


def numpy_found(index: LocalIndex, asked: Hashes) -> list[Any]:
    """Return what numpy alone finds."""
    with only_numpy():
        return index.search(asked).found


def peers(ours: float, ids: np.ndarray, hashes: Hashes, asked: Hashes) -> None:
    """Print each peer, and how many times as quick ours is."""
    import faiss  # noqa: PLC0415 - the processes whose memory is measured know neither
    from threatexchange.signal_type.pdq.pdq_index import PDQIndex  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
    octets = hashes.astype(">u8").view(np.uint8).reshape(-1, 32)
    questions = asked.astype(">u8").view(np.uint8).reshape(-1, 32)

    built = faiss.IndexBinaryFlat(256)
    built.add(octets)
    line("faiss, flat", median(partial(built.range_search, thresh=32), questions), ours)
    built = None
    several = faiss.IndexBinaryMultiHash(256, 16, 16)
    several.nflip = 1
    several.add(octets)
    line("faiss, multihash", median(partial(several.range_search, thresh=32), questions), ours)
    several = None

    start = time.perf_counter()
    theirs = PDQIndex((octets[place].tobytes().hex(), place) for place in ids.tolist())
    took = time.perf_counter() - start
    words = [one.tobytes().hex() for one in questions]
    each = median(lambda one: theirs.query(words[int(one[0])]), np.arange(ASKED))
    found = sum(len(theirs.query(word)) for word in words[:PLANTED])
    line("threatexchange", each, ours, f"; built in {took:.1f} s; found {found}", len(ids))


def line(name: str, theirs: float, ours: float, more: str = "", size: int = 0) -> None:
    """Print one peer."""
    goal = verdict(theirs / ours >= TIMES[size]) if size in TIMES else ""
    print(f"  {name:16} {1 / theirs:9,.0f}/s: ours {theirs / ours:.1f} times as quick {goal}{more}")


def attach(path: Path) -> None:
    """Print how long a process waits for a segment that it has not seen."""
    took = []
    for _ in range(20):
        start = time.perf_counter()
        Segment(path)
        took.append(time.perf_counter() - start)
    worst = max(took)
    print(f"  attached in {1e3 * worst:.2f} ms at most {verdict(worst <= ATTACH)}")


def memory(folder: Path) -> None:
    """Print what a process holds that has searched, with every page of the index read."""
    index = LocalIndex(folder)
    index.search(drawn(2_000)[1])
    for one in index._standing.attached:
        for part in (one.segment.entries, one.segment.hashes, one.segment.starts, one.segment.ids):
            part.max()
    held, own = resident("VmRSS"), resident("RssAnon")
    goal = verdict(held <= ROOM) if len(index) >= max(SIZES) else ""
    print(f"resident {held / 2**20:,.0f} MiB, of it {own / 2**20:,.0f} of its own {goal}")


def churned() -> None:
    """Print what memory does while hashes come and go."""
    with tempfile.TemporaryDirectory() as place:
        said = subprocess.check_output([sys.executable, __file__, "churn", place], text=True)
        print(said.strip())


def churn(folder: Path) -> None:
    """Add and remove hashes with merges; another index of the folder searches all the time."""
    hashes = np.random.default_rng(3).integers(0, 2**64, (CHURNED + CHURN, 4), dtype=np.uint64)
    ids = np.arange(len(hashes), dtype=np.uint32)
    writer = LocalIndex.rebuilt(folder, ids[:CHURNED], hashes[:CHURNED])
    reader = LocalIndex(folder)
    attached.compiled()
    failed, late, held = 0, 0.0, []
    for step in range(CHURN):
        new, old = slice(CHURNED + step, CHURNED + step + 1), slice(step, step + 1)
        start = time.perf_counter()
        writer.add(ids[new], hashes[new])
        added = reader.search(hashes[new]).found[0].ids.tolist() == [CHURNED + step]
        late = max(late, time.perf_counter() - start)
        writer.remove(ids[old])
        gone = not len(reader.search(hashes[old]).found[0].ids)
        stays = slice(CHURN + step, CHURN + step + 1)
        known = reader.search(hashes[stays]).found[0].ids.tolist() == [CHURN + step]
        failed += not (added and gone and known)
        if step % (CHURN // MERGES) == CHURN // MERGES - 1:
            writer.merge()
            reader.search(hashes[:1])
            held.append(resident("RssAnon"))
    early = held[MERGES // 4 - 1]  # what is loaded once is loaded
    grew = max(held[MERGES // 4 :]) / early - 1
    print(
        f"{CHURN:,} added and removed among {CHURNED:,}, {MERGES} merges: {failed} of "
        f"{3 * CHURN:,} look-ups failed {verdict(not failed)}; memory {held[-1] / 2**20:.0f} MiB, "
        f"grew by {100 * grew:.1f} % {verdict(grew <= FLAT)}; added to found {1e3 * late:.1f} ms "
        f"at most {verdict(late <= 1)}; load {os.getloadavg()[0]:.1f}"
    )


@contextmanager
def only_numpy() -> Iterator[None]:
    """Search without what numba compiles."""
    before, attached.COMPILED_FROM = attached.COMPILED_FROM, sys.maxsize  # type: ignore[misc]
    try:
        yield
    finally:
        attached.COMPILED_FROM = before  # type: ignore[misc]


def turned(asked: Hashes) -> Hashes:
    """Return eight for each, related as the hashes of a picture that is turned are."""
    odd, rows = np.uint64(0x5555_5555_5555_5555), np.uint64(0x0000_FFFF_0000_FFFF)
    some = []
    for place in range(0, len(asked) - 1, 2):
        for one in asked[place : place + 2]:
            some += [one, one ^ odd, one ^ rows, one ^ odd ^ rows]
    return np.array(some)


def median(search: Search, asked: np.ndarray, together: int = 1) -> float:
    """Return the seconds that one question takes, the median of all."""
    took = []
    for place in range(0, len(asked), together):
        one = asked[place : place + together]
        start = time.perf_counter()
        search(one)
        took.append(time.perf_counter() - start)
    return float(np.median(took))


def octets(folder: Path) -> int:
    """Return what the files of a folder take."""
    return sum(path.stat().st_size for path in folder.iterdir())


def resident(name: str) -> int:
    """Return bytes of this process."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(name)


def verdict(is_met: bool) -> str:  # noqa: FBT001
    """Say whether a goal was met."""
    return "(met)" if is_met else "(MISSED)"


if __name__ == "__main__":
    main()
