"""The index of one machine, in a folder."""

from pathlib import Path

import numpy as np

from balise.hotline.matching.index import flat
from balise.hotline.matching.index.answers import (
    EXACT_WITHIN,
    Answers,
    Hashes,
    Ids,
    checked,
)


class LocalIndex:
    """An index that this process and others of the machine read and write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reached = 0
        self._ids = np.empty(0, np.uint32)
        self._hashes = np.empty((0, 4), np.uint64)

    def search(self, asked: Hashes, *, within: int = EXACT_WITHIN) -> Answers:
        """Return all that lies within so many bits, from 0 to 255, of each hash asked."""
        return flat.search(self._ids, self._hashes, asked, within=within)

    def add(self, ids: Ids, hashes: Hashes) -> None:
        """Add hashes under ids below 2**32; one that is known under its id is replaced."""
        ids, hashes = np.asarray(ids, np.uint32), checked(hashes)
        self.remove(ids)
        self._ids = np.concatenate([self._ids, ids])
        self._hashes = np.concatenate([self._hashes, hashes])

    def remove(self, ids: Ids) -> None:
        """Take ids away; one that is not known is no error."""
        kept = ~np.isin(self._ids, np.asarray(ids, np.uint32))
        self._ids, self._hashes = self._ids[kept], self._hashes[kept]

    def reach(self, change: int) -> None:
        """Note that all changes up to this number are in the index; `reached` gives it back."""
        self.reached = max(self.reached, change)

    def __len__(self) -> int:
        """Return how many hashes can be found."""
        return len(self._ids)
