"""Hashes for tests: drawn by number, with neighbours at a known distance."""

import numpy as np

from balise.hotline.matching.index.segments import Answers, Found, Hashes, Ids


def drawn(count: int, seed: int = 1) -> Hashes:
    """Return so many hashes, the same each time."""
    return np.random.default_rng(seed).integers(0, 2**64, (count, 4), dtype=np.uint64)


def numbered(count: int, first: int = 1) -> Ids:
    """Return so many ids, not all of them in sequence."""
    return np.arange(first, first + 3 * count, 3, dtype=np.uint32)


def neighbour(one: Hashes, distance: int, seed: int = 2) -> Hashes:
    """Return a hash that differs in exactly so many bits."""
    changed = one.copy()
    for bit in np.random.default_rng(seed).choice(256, distance, replace=False).tolist():
        changed[bit // 64] ^= np.uint64(1 << (63 - bit % 64))
    return changed


def spread_out(one: Hashes, distance: int) -> Hashes:
    """Return one that differs in so many bits, as many in each word as in the others."""
    changed = one.copy()
    for step in range(distance):
        bit = (step % 16) * 16 + (step // 16) * 7
        changed[bit // 64] ^= np.uint64(1 << (63 - bit % 64))
    return changed


def plain(found: Found) -> list[tuple[int, int]]:
    """Return ids and distances as a list."""
    return list(zip(found.ids.tolist(), found.distances.tolist(), strict=True))


def listed(answers: Answers) -> list[list[tuple[int, int]]]:
    """Return what was found for each hash asked."""
    return [plain(found) for found in answers.found]
