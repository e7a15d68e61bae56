"""Which segments are written together, and what of them is."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from balise.hotline.matching.index.answers import Hashes, Ids
from balise.hotline.matching.index.attached import Attached, is_in

_TIMES: Final = 4  # a segment stays while it has so many times as many hashes as all newer ones
_HOLES: Final = 4  # and while fewer than one in so many of its hashes are gone


def to_merge(sizes: Sequence[tuple[int, int]], added: int) -> list[bool]:
    """Return which segments are written anew, with so many hashes added.

    `sizes` has hashes and those of them that are gone, of each segment, oldest first. So ten
    million hashes have seven segments at most, each written about four times on its way up.
    """
    anew = [bool(gone) and gone * _HOLES >= count for count, gone in sizes]
    total = added + sum(count - gone for (count, gone), one in zip(sizes, anew, strict=True) if one)
    for place in sorted(range(len(sizes)), key=lambda place: sizes[place][0]):
        count, gone = sizes[place]
        if not anew[place] and count < _TIMES * total:
            anew[place] = True
            total += count - gone
    return anew


def content(
    some: Sequence[Attached], added: tuple[Ids, Hashes], touched: Ids
) -> tuple[Ids, Hashes]:
    """Return the hashes of some segments that still count, and those added, with their ids.

    Raises `IndexRefused` where a segment is not what its name says.
    """
    ids, hashes = [added[0]], [added[1]]
    for one in some:
        one.segment.verify()
        kept = ~(is_in(one.segment.ids, one.gone) | is_in(one.segment.ids, touched))
        ids.append(one.segment.ids[kept])
        hashes.append(one.segment.hashes[kept])
    return np.concatenate(ids), np.concatenate(hashes)
