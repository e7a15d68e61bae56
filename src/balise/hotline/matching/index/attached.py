"""Segments that a process has attached, and what of them still counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index import plain, segments
from balise.hotline.matching.index.segments import (
    EXACT_WITHIN,
    Found,
    Hashes,
    Ids,
    Records,
    Segment,
    in_order,
)

# The live part: what was added and removed since the segments were written, in memory.


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
                case segments.ADDED:
                    self._add(run["id"], run["hash"])
                case segments.REMOVED:
                    self._put(run["id"].tolist(), [-1] * len(run))
                case segments.REACHED:
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
            near = segments.near(rows, hashes, one, within)
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


COMPILED_FROM: Final = 50_000  # hashes: below, numpy is quick enough for nothing to be loaded

type Engine = Callable[[Segment, Hashes, int], list[Found]]


@dataclass(frozen=True, slots=True)
class Attached:
    """A segment, and which of its ids count no longer, ascending."""

    segment: Segment
    gone: Ids

    def kept(self, found: list[Found], live: Live) -> list[Found]:
        """Return what still counts of what was found: what no later record touched."""
        return [self._kept(one, live) if len(one.ids) else one for one in found]

    def _kept(self, found: Found, live: Live) -> Found:
        kept = ~(live.hidden(found.ids) | is_in(found.ids, self.gone))
        return found if kept.all() else Found(found.ids[kept], found.distances[kept])

    def counting(self, ids: Ids) -> NDArray[np.bool_]:
        """Return which of these ids the segment has, and still counts."""
        return self.segment.has(ids) & ~is_in(ids, self.gone)

    def same(self, ids: Ids, hashes: Hashes) -> NDArray[np.bool_]:
        """Return which of these hashes the segment has under the same id, and still counts."""
        same = self.counting(ids)
        places = np.searchsorted(self.segment.ids, ids[same])
        same[same] = (self.segment.hashes[places] == hashes[same]).all(axis=1)
        return same


def search(segment: Segment, asked: Hashes, within: int) -> list[Found]:
    """Return what of a segment lies within so many bits, from 0 to 255, of each hash."""
    if within > EXACT_WITHIN:
        return segments.search(segment.ids, segment.hashes, asked, within=within).found
    engine = at_hand() if segment.count >= COMPILED_FROM else None
    return (engine or plain.search)(segment, asked, within)


def at_hand() -> Engine | None:
    """Return the search that numba compiles, None where it is not installed or not loaded yet.

    Who asks first begins to load it, in a thread: nobody waits for it, numpy answers meanwhile.
    """
    _begin()
    return _loaded[0] if _loaded else None


def compiled() -> Engine | None:
    """Return the search that numba compiles, once it is loaded; None where it is not installed."""
    _begin().join()
    return at_hand()


_loaded: list[Engine] = []


@cache
def _begin() -> Thread:
    thread = Thread(target=_load, name="matching")
    thread.start()
    return thread


def _load() -> None:
    try:
        from balise.hotline.matching.index import compiled as module  # noqa: PLC0415
    except ImportError:
        return
    module.prepare()
    _loaded.append(module.search)


def together(parts: Sequence[list[Found]], count: int) -> list[Found]:
    """Return what several parts found, for each of so many hashes."""
    if len(parts) == 1:
        return parts[0]
    nothing = Found(np.empty(0, np.uint32), np.empty(0, np.uint8))
    return [
        _joined([part[place] for part in parts]) if parts else nothing for place in range(count)
    ]


def _joined(parts: list[Found]) -> Found:
    some = [part for part in parts if len(part.ids)]
    if len(some) <= 1:
        return some[0] if some else parts[0]
    return in_order(
        np.concatenate([part.ids for part in some]),
        np.concatenate([part.distances for part in some]),
    )


def is_in(ids: Ids, those: Ids) -> NDArray[np.bool_]:
    """Return which of these ids are among others, which ascend."""
    if not len(those):
        return np.zeros(len(ids), np.bool_)
    return np.asarray(those[np.searchsorted(those, ids).clip(max=len(those) - 1)] == ids)
