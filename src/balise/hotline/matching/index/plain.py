"""How a segment is searched with numpy alone."""

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index.segments import (
    WORDS,
    Found,
    Hashes,
    Segment,
    in_order,
    sketches,
    word_of,
)

_TOGETHER = 8  # hashes: the turns of one picture
_LOW = np.uint64(0xFFFFFFFF)
_ROW = np.uint64(32)


def search(segment: Segment, asked: Hashes, within: int) -> list[Found]:
    """Return all that lies within so many bits, at most 31, of each hash.

    Of two hashes that differ by at most 31 bits, one word of sixteen differs by at most one.
    """
    found = []
    for start in range(0, len(asked), _TOGETHER):
        found += _search(segment, asked[start : start + _TOGETHER], within)
    return found


def _search(segment: Segment, asked: Hashes, within: int) -> list[Found]:
    words = np.stack([word_of(asked, word) for word in range(WORDS)], axis=1)
    lows, highs = np.stack([np.stack(sketches(asked, word)) for word in range(WORDS)], axis=2)
    near = words[:, :, None] ^ _differing(within)  # n × 16 × 1 or 17
    tables = np.arange(WORDS)[None, :, None]
    first = segment.starts[tables, near].astype(np.intp)
    lengths = (segment.starts[tables, near.astype(np.intp) + 1] - first).astype(np.intp)
    places = _runs((first + tables * segment.count).ravel(), lengths.ravel())
    of_word = lengths.sum(axis=2).ravel()  # how many come from each word of each hash
    entries = segment.entries.reshape(-1, 2)[places]
    far = np.bitwise_count((entries[:, 0] & _LOW) ^ np.repeat(lows.ravel(), of_word))
    far += np.bitwise_count(entries[:, 1] ^ np.repeat(highs.ravel(), of_word))
    kept = np.flatnonzero(far <= within)
    rows = (entries[kept, 0] >> _ROW).astype(np.intp)
    of_hash = np.searchsorted(np.cumsum(of_word.reshape(-1, WORDS).sum(axis=1)), kept, side="right")
    return [
        _checked(segment, one, rows[of_hash == place], within) for place, one in enumerate(asked)
    ]


def _differing(within: int) -> NDArray[np.uint16]:
    """Return by what a word of sixteen is changed: nothing, or one bit."""
    radius = within // WORDS
    return np.array([0] + [1 << bit for bit in range(16)] * radius, np.uint16)


def _runs(first: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the numbers of each run, one after another."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))


def _checked(segment: Segment, asked: Hashes, rows: NDArray[np.intp], within: int) -> Found:
    """Return those of these rows that lie within so many bits of one hash."""
    rows = np.unique(rows)
    far = np.bitwise_count(segment.hashes[rows] ^ asked).sum(axis=1, dtype=np.uint16)
    near = far <= within
    return in_order(segment.ids[rows[near]], far[near].astype(np.uint8))
