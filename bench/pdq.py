"""PDQ beside `pdqhash`, in one run: the same bits, and what they cost.

Drawn pictures of many sizes are hashed by both, of 64 pixels and more, and of fewer. Then
512 by 512 and 12 megapixels are timed in turns: the peer and ours on the decoded array, with and
without all eight turns, and the bound, which is decoding the JPEG.

    .venv/bin/python bench/pdq.py
    .venv/bin/python bench/pdq.py --write    # the peer's hashes, for the tests

The peer is in the group `matchers`, which set-up leaves out and `scripts/bench` fetches:

    scripts/setup matchers
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as `balise` does

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from balise.hotline.matching.signals.rules import pdq  # noqa: E402
from balise.hotline.matching.signals.tests import drawn, files  # noqa: E402
from balise.hotline.matching.signals.tests.test_peer import NUMBERS, PATH  # noqa: E402

try:
    import pdqhash
except ImportError:
    sys.exit("pdqhash is not here, and nothing was measured: scripts/setup matchers")

PICTURES, ROUNDS = 4_000, 15
SAME = 0.999
TIMES, MOST_OF_TURNS, MOST_OF_DECODING = 30, 1.3, 0.15


def peers(pixels: np.ndarray) -> pdq.Hashed:
    """Return what `pdqhash` finds."""
    bits, quality = pdqhash.compute(pixels)
    return pdq.Hashed(np.packbits(bits.astype(np.uint8)).tobytes(), quality)


def write() -> None:
    """Write the peer's hashes of the drawings that the test compares."""
    found = (peers(drawn.pixels(drawn.numbered(number))) for number in NUMBERS)
    PATH.write_text("".join(f"{each.value.hex()} {each.quality}\n" for each in found))


def shown(random: np.random.Generator, least: int, most: int) -> np.ndarray:
    """Return a picture: a landscape, with or without grain, its sides between two bounds."""
    width, height = (int(side) for side in random.integers(least, most, 2))
    pixels = files.landscape(width, height, seed=int(random.integers(1 << 30)))
    grain = int(random.integers(0, 12))
    noise = random.integers(-grain, grain + 1, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def compare(name: str, pictures: int, least: int, most: int) -> float:
    """Print how many hashes are the same, and return the share."""
    random = np.random.default_rng(17)
    apart, quality = [], 0
    for _ in range(pictures):
        pixels = shown(random, least, most)
        ours, theirs = pdq.hash_pixels(pixels), peers(pixels)
        apart.append(pdq.distance(ours.value, theirs.value))
        quality = max(quality, abs(ours.quality - theirs.quality))
    same = apart.count(0) / pictures
    print(
        f"{name:24}{pictures:7} pictures, {100 * same:6.2f} % identical, "
        f"at most {max(apart)} bits apart, quality within {quality}"
    )
    return same


def compare_turns(pictures: int) -> None:
    """Print how many pictures have the peer's eight turns, whatever their order."""
    random = np.random.default_rng(71)
    same = 0
    for _ in range(pictures):
        pixels = shown(random, 64, 700)
        bits, _quality = pdqhash.compute_dihedral(pixels)
        theirs = {np.packbits(each.astype(np.uint8)).tobytes() for each in bits}
        same += theirs == set(pdq.hash_pixels_turned(pixels).values)
    print(f"{'all eight turns':24}{pictures:7} pictures, {100 * same / pictures:6.2f} % identical")


def timed(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median of each in ms; they take turns."""
    took: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, do in work.items():
            began = time.perf_counter()
            do()
            took[name].append(1000 * (time.perf_counter() - began))
    return {name: statistics.median(each) for name, each in took.items()}


def speed(width: int, height: int) -> tuple[float, float, float]:
    """Print what a size takes; return times as fast, turns to none, and the share of decoding."""
    pixels = np.ascontiguousarray(files.landscape(width, height))
    octets = BytesIO()
    Image.fromarray(pixels).save(octets, "JPEG", quality=88)
    took = timed(
        {
            "pdqhash": lambda: pdqhash.compute(pixels),
            "pdqhash, eight turns": lambda: pdqhash.compute_dihedral(pixels),
            "ours": lambda: pdq.hash_pixels(pixels),
            "ours, eight turns": lambda: pdq.hash_pixels_turned(pixels),
            "decoding": lambda: np.asarray(Image.open(BytesIO(octets.getvalue()))),
        }
    )
    print(f"{width} x {height}:  " + "   ".join(f"{name} {ms:.2f} ms" for name, ms in took.items()))
    ours, turned = took["ours"], took["ours, eight turns"]
    ratios = took["pdqhash"] / ours, turned / ours, turned / took["decoding"]
    print(
        f"  {ratios[0]:.1f} times as fast; eight turns {ratios[1]:.2f} of one; "
        f"{100 * ratios[2]:.0f} % of decoding"
    )
    return ratios


def main() -> None:
    if "--write" in sys.argv:
        write()
        return
    same = compare("64 pixels and more", PICTURES, 64, 700)
    compare_turns(PICTURES // 4)
    compare("32 to 63 pixels", PICTURES // 4, 32, 64)
    compare("5 to 31 pixels", PICTURES // 4, 5, 32)
    speed(512, 512)
    times, turns, decoding = speed(4000, 3000)
    print(f"goal: {100 * SAME} % identical: {same >= SAME}")
    print(f"goal: {TIMES} times as fast at 12 megapixels: {times >= TIMES}")
    print(f"goal: eight turns for {MOST_OF_TURNS} of one: {turns <= MOST_OF_TURNS}")
    print(
        f"goal: at most {100 * MOST_OF_DECODING:.0f} % of decoding: {decoding <= MOST_OF_DECODING}"
    )


if __name__ == "__main__":
    main()
