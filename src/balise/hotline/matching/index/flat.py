"""Every hash compared with every other, one by one: the reference that the index is checked by."""

import numpy as np

from balise.hotline.matching.index.answers import Answers, Found, Hashes, Ids, checked, in_order

_ROWS = 1 << 16  # compared at once: 2 MB, which a processor's cache holds


def search(ids: Ids, hashes: Hashes, asked: Hashes, *, within: int) -> Answers:
    """Return all that lies within so many bits, at most 255, of each hash asked."""
    hashes = checked(hashes)
    return Answers([near(ids, hashes, each, within) for each in checked(asked)], is_flat=True)


def near(ids: Ids, hashes: Hashes, asked: Hashes, within: int) -> Found:
    """Return all that lies within so many bits of one hash, a row of four words."""
    rows, distances = [np.empty(0, np.intp)], [np.empty(0, np.uint8)]
    for start in range(0, len(hashes), _ROWS):
        differing = np.bitwise_count(hashes[start : start + _ROWS] ^ asked)
        one, two, three, four = differing.T  # at most 64 bits each: an octet holds two of them
        far = np.add(one + two, three + four, dtype=np.uint16)
        those = np.flatnonzero(far <= within)
        rows.append(those + start)
        distances.append(far[those].astype(np.uint8))
    return in_order(ids[np.concatenate(rows)], np.concatenate(distances))
