"""The PDQs of what was seen lately, as this process can search them; it loads numpy.

They are few beside the banks: each is compared with what is asked. What was added is read before
each search. Rows that end stay here until the day changes: who asks finds no row for them.
"""

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import batched
from typing import Final

import numpy as np

from balise.foundation.clock import today
from balise.hotline.matching.banks.models import Sighting
from balise.hotline.matching.banks.rules.asking import turns_of
from balise.hotline.matching.index import segments
from balise.hotline.matching.index.segments import Answers, Hashes, Ids, words_of
from balise.hotline.matching.signals.rules.kinds import WITHIN, HashKind, Turn
from balise.hotline.matching.signals.rules.pdq import forms

# Numbers are given before rows are committed: as many of the last are read once more, and where
# they say something else (a transaction was rolled back, a copy restored) all are.
_AGAIN: Final = 200
_AT_ONCE: Final = 5_000

type _Row = tuple[int, bytes | memoryview, bytes | memoryview, int | None]


class Lately:
    """What was seen lately; ids are those of sightings, times eight, and the turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day: date | None = None
        self._last: dict[int, bytes] = {}  # the last sightings that were read
        self._parts: list[tuple[Ids, Hashes]] = []

    def search(self, values: Sequence[bytes], *, within: int = WITHIN) -> Answers:
        """Return what lies within so many bits of each hash."""
        return segments.search(*self.table(), words_of(values), within=within)

    def table(self) -> tuple[Ids, Hashes]:
        """Return the ids and hashes of all turns."""
        with self._lock:
            self._read()
            ids, hashes = (np.concatenate(part) for part in zip(*self._parts, strict=True))
            self._parts = [(ids, hashes)]
            return ids, hashes

    def _read(self) -> None:
        if self._day == today() and self._is_still_so():
            oldest = min(self._last, default=0)
            found = Sighting.objects.filter(id__gt=oldest).exclude(id__in=self._last)
        else:
            self._day, self._last = today(), {}
            self._parts = [(np.empty(0, np.uint32), np.empty((0, 4), np.uint64))]
            found = Sighting.objects.filter(until__gte=self._day)
        pictures = found.filter(kind=HashKind.PDQ).order_by("id")
        rows = pictures.values_list("id", "value", "turns", "second")
        for some in batched(rows.iterator(), _AT_ONCE, strict=False):
            self._parts.append(_table(some))
            self._last |= {one: bytes(value) for one, value, *_rest in some}
        self._last = dict(sorted(self._last.items())[-_AGAIN:])

    def _is_still_so(self) -> bool:
        """Return whether the last sightings that were read are the tables'."""
        found = Sighting.objects.filter(id__in=self._last).values_list("id", "value")
        return self._last == {one: bytes(value) for one, value in found}


def _table(rows: Iterable[_Row]) -> tuple[Ids, Hashes]:
    ids: list[int] = []
    hashes: list[bytes] = []
    for one, value, turns, second in rows:
        single = bytes(value)  # a frame is asked in its turns, and is here once
        each = forms(single, turns_of(bytes(turns))) if second is None else (single,)
        ids.extend(one * len(Turn) + turn for turn in range(len(each)))
        hashes.extend(each)
    return np.array(ids, np.uint32), words_of(hashes)


@cache
def lately() -> Lately:
    """Return what this process can search of what was seen; the first call makes it."""
    return Lately()
