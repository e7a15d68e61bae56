"""How many turned copies are found by all eight hashes of their picture, and by its one hash alone.

Drawn landscapes, and drawings of hard stripes, are turned in seven ways; each is hashed as it is,
and once it was made smaller and compressed again. A copy is found where one of its eight forms lies
within 31 bits of the picture's hash. Then what it takes to read the forms from one hash, and to ask
an index of hashes about all eight beside one, in turns.

    .venv/bin/python bench/turned.py
"""

import sys
import tempfile
import time
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from balise.hotline.matching.banks.rules import asking  # noqa: E402
from balise.hotline.matching.index.local import LocalIndex  # noqa: E402
from balise.hotline.matching.index.segments import words_of  # noqa: E402
from balise.hotline.matching.signals.rules import pdq  # noqa: E402
from balise.hotline.matching.signals.rules.kinds import WEAK, WITHIN, HashKind, Signal, Turn  # noqa: E402
from balise.hotline.matching.signals.tests import drawn, files  # noqa: E402

STRIPES = 60  # drawings of 64 to 463 pixels a side
SIZES = ((320, 240, 200), (640, 480, 100), (1200, 900, 40))  # width, height, pictures
FORMS = 20_000
INDEXES, ASKED = (200_000, 1_000_000), 3_000


def smaller(pixels: np.ndarray) -> np.ndarray:
    """Return the picture at half its size, compressed again."""
    picture = Image.fromarray(pixels)
    octets = BytesIO()
    picture.resize((picture.width // 2, picture.height // 2)).save(octets, "JPEG", quality=60)
    return np.asarray(Image.open(octets))


def far(forms: tuple[bytes, ...], value: bytes) -> int:
    """Return how far the nearest form is."""
    return min(pdq.distance(one, value) for one in forms)


def measure(what: str, pictures: Iterable[np.ndarray]) -> None:
    """Print a line for copies as they are, and one for smaller ones."""
    apart: dict[str, tuple[list[int], list[int]]] = {"exact": ([], []), "smaller": ([], [])}
    for shown in pictures:
        value, quality = pdq.hash_pixels(shown)
        if quality < WEAK:
            continue
        for turn in [one for one in Turn if one]:
            copy = drawn.turned(shown, turn)
            for (eight, alone), made in zip(apart.values(), (copy, smaller(copy)), strict=True):
                turns = pdq.hash_pixels_turned(made).values
                eight.append(far(turns, value))
                alone.append(far(pdq.forms(turns[0]), value))
    for name, each in apart.items():
        said = "   ".join(
            f"{how} {100 * np.mean(np.array(bits) <= WITHIN):5.1f} % found, "
            f"median {np.median(bits):.0f}, at most {max(bits)} bits"
            for how, bits in zip(("by eight", "by one"), each, strict=True)
        )
        print(f"{what}, {name:8}{len(each[0]):5} copies: {said}")


def asked(index: LocalIndex, signal: Signal, forms: int) -> float:
    """Return the seconds that a question of one hash takes, in so many of its forms."""
    began = time.perf_counter()
    questions = asking.questions([signal])[:forms]
    index.search(words_of([one.value for one in questions]), within=WITHIN)
    return time.perf_counter() - began


def look_ups(size: int) -> None:
    """Print what eight forms cost beside one, the medians of some thousand questions."""
    random = np.random.default_rng(1)
    hashes = random.integers(0, 2**64, (size, 4), dtype=np.uint64)
    signals = [Signal(HashKind.PDQ, random.bytes(32)) for _ in range(ASKED)]
    with tempfile.TemporaryDirectory() as folder:
        index = LocalIndex.rebuilt(Path(folder), np.arange(size, dtype=np.uint32), hashes)
        took = [(asked(index, one, 1), asked(index, one, 8)) for one in signals]
    one, eight = (1e6 * float(np.median(each)) for each in zip(*took[ASKED // 10 :], strict=True))
    print(f"among {size:,}: one form {one:.0f} µs, eight {eight:.0f} µs, {eight / one:.1f} times")


def main() -> None:
    for width, height, many in SIZES:
        made = (files.landscape(width, height, seed=seed) for seed in range(many))
        measure(f"{width} x {height}", made)
    measure("stripes", (drawn.pixels(drawn.numbered(number)) for number in range(STRIPES)))
    values = [np.random.default_rng(one).bytes(32) for one in range(FORMS)]
    began = time.perf_counter()
    for value in values:
        pdq.forms(value)
    print(f"forms of one hash: {1e6 * (time.perf_counter() - began) / FORMS:.1f} µs")
    for size in INDEXES:
        look_ups(size)


if __name__ == "__main__":
    main()
