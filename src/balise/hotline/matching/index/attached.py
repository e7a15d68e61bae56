"""Segments that a process has attached, and what of them still counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index import flat, plain
from balise.hotline.matching.index.answers import EXACT_WITHIN, Found, Hashes, Ids, in_order
from balise.hotline.matching.index.live import Live
from balise.hotline.matching.index.segments import Segment

COMPILED_FROM: Final = 50_000  # hashes: below, numpy is quick enough for nothing to be loaded

type Engine = Callable[[Segment, Hashes, int], list[Found]]


@dataclass(frozen=True, slots=True)
class Attached:
    """A segment, and which of its ids count no longer, ascending."""

    segment: Segment
    gone: Ids

    def search(self, asked: Hashes, within: int, live: Live) -> list[Found]:
        """Return what lies within so many bits, and which no later record touched."""
        return [
            self._kept(one, live) if len(one.ids) else one
            for one in search(self.segment, asked, within)
        ]

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
        return flat.search(segment.ids, segment.hashes, asked, within=within).found
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
