"""The live part: what was added and removed since the segments were written, in memory."""

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index import flat, log
from balise.hotline.matching.index.answers import Found, Hashes, Ids, in_order
from balise.hotline.matching.index.log import Records


class Live:
    """Hashes that are compared one by one, and the ids whose place in a segment counts no longer.

    One thread changes it at a time, others may search meanwhile: what they read is replaced, never
    shortened.
    """

    def __init__(self, reached: int = 0) -> None:
        self.read = 0  # records
        self.reached = reached
        self.rows: dict[int, int] = {}  # of each id that was touched; -1 where it is away
        self._ids = np.empty(64, np.uint32)
        self._hashes = np.empty((64, 4), np.uint64)
        self._is_on = np.zeros(64, np.bool_)
        self._count = 0

    def apply(self, records: Records) -> Ids:
        """Take in records, in their order; return the ids that none had touched before."""
        edges = np.flatnonzero(np.diff(records["kind"])) + 1
        before = len(self.rows)
        for run in np.split(records, edges):
            if not len(run):
                continue
            match run["kind"][0]:
                case log.ADDED:
                    self._add(run["id"], run["hash"])
                case log.REMOVED:
                    self._put(run["id"].tolist(), [-1] * len(run))
                case log.REACHED:
                    self.reached = max(self.reached, int(run["hash"][:, 0].max()))
        self.read += len(records)
        return np.array(list(self.rows)[before:], np.uint32)

    def _add(self, ids: Ids, hashes: Hashes) -> None:
        start, end = self._count, self._count + len(ids)
        if end > len(self._ids):
            room = max(end, 2 * len(self._ids))
            self._ids = np.resize(self._ids, room)
            self._hashes = np.resize(self._hashes, (room, 4))
            self._is_on = np.concatenate([self._is_on, np.zeros(room - len(self._is_on), np.bool_)])
        self._ids[start:end], self._hashes[start:end] = ids, hashes
        self._is_on[start:end] = True
        self._count = end
        self._put(ids.tolist(), list(range(start, end)))

    def _put(self, ids: list[int], rows: list[int]) -> None:
        for name, row in zip(ids, rows, strict=True):
            old = self.rows.get(name, -1)
            if old >= 0:
                self._is_on[old] = False
            self.rows[name] = row

    def search(self, asked: Hashes, within: int) -> list[Found]:
        """Return all that lies within so many bits of each hash."""
        ids, hashes, is_on = self._arrays()
        rows = np.arange(len(ids), dtype=np.uint32)
        found = []
        for one in asked:
            near = flat.near(rows, hashes, one, within)
            kept = is_on[near.ids]
            found.append(in_order(ids[near.ids[kept]], near.distances[kept]))
        return found

    def _arrays(self) -> tuple[Ids, Hashes, NDArray[np.bool_]]:
        count = self._count  # first: the arrays are never shorter than it
        return self._ids[:count], self._hashes[:count], self._is_on[:count]

    def hidden(self, ids: Ids) -> NDArray[np.bool_]:
        """Return which of these ids of a segment count no longer."""
        rows = self.rows
        return np.fromiter((name in rows for name in ids.tolist()), np.bool_, len(ids))

    def kept(self) -> tuple[Ids, Hashes]:
        """Return the hashes that can be found, and their ids."""
        ids, hashes, is_on = self._arrays()
        return ids[is_on], hashes[is_on]

    def touched(self) -> Ids:
        """Return all ids that were added or removed, ascending."""
        return np.sort(np.fromiter(self.rows, np.uint32, len(self.rows)))

    def has(self, ids: Ids) -> NDArray[np.bool_]:
        """Return which of these ids can be found here."""
        return np.fromiter((self.rows.get(name, -1) >= 0 for name in ids.tolist()), bool, len(ids))

    def same(self, ids: Ids, hashes: Hashes) -> NDArray[np.bool_]:
        """Return which of these hashes can be found here under the same id."""
        same = self.has(ids)
        rows = [self.rows[name] for name in ids[same].tolist()]
        same[same] = (self._hashes[rows] == hashes[same]).all(axis=1) if rows else False
        return same

    def __len__(self) -> int:
        """Return how many hashes can be found."""
        return int(self._is_on[: self._count].sum())
