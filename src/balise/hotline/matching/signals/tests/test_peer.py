"""PDQ beside the hashes that `pdqhash` found: `bench/pdq.py --write` wrote them."""

from pathlib import Path
from typing import Final

from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.tests import drawn

PATH: Final = Path(__file__).with_name("pdqhash.txt")  # a hash and its quality a line
NUMBERS: Final = range(1_000, 1_400)


def test_the_peer_finds_the_same_bits() -> None:
    apart, quality = [], []
    lines = PATH.read_text(encoding="utf-8").splitlines()
    for number, line in zip(NUMBERS, lines, strict=True):
        theirs, _, its_quality = line.partition(" ")
        ours = pdq.hash_pixels(drawn.pixels(drawn.numbered(number)))
        apart.append(pdq.distance(ours.value, bytes.fromhex(theirs)))
        quality.append(abs(ours.quality - int(its_quality)))
    assert apart.count(0) >= 0.999 * len(apart)
    assert max(apart) <= 2
    assert max(quality) <= 1
