"""The PDQs that this process can search, kept as the tables say; it loads numpy.

A process reads what changed at most twice a second, and at once after a change of its own. An open
transaction may be rolled back, and a database restored: a change that is no longer there is undone
here too.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import batched
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np

from balise.foundation.clock import today
from balise.hotline.matching.banks.models import Change, Counter, Entry, Sighting
from balise.hotline.matching.banks.rules.asking import turns_of
from balise.hotline.matching.banks.rules.opinions import ASKED
from balise.hotline.matching.index import flat
from balise.hotline.matching.index.answers import Answers, Hashes, Ids, Searcher, words_of
from balise.hotline.matching.signals.rules.kinds import Kind, Turn

PATIENCE: Final = 0.5  # seconds for which what was read last is believed
_AT_ONCE = 10_000
_REMEMBERED = 64  # steps that can be undone one by one


class FlatIndex:
    """All hashes in memory, each compared with what is asked."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        self._table: tuple[Ids, Hashes] | None = None

    def search(self, asked: Hashes, *, within: int = 31) -> Answers:
        """Return all that lies within so many bits of each hash."""
        if self._table is None:
            ids = np.fromiter(self._known, np.uint32, len(self._known))
            self._table = ids, words_of(self._known.values())
        return flat.search(*self._table, asked, within=within)

    def add(self, ids: Ids, hashes: Hashes) -> None:
        """Add hashes; one that is known under its id stays as it is."""
        octets = hashes.astype(">u8").tobytes()
        for at, one in enumerate(ids.tolist()):
            self._known.setdefault(one, octets[32 * at : 32 * at + 32])
        self._table = None

    def remove(self, ids: Ids) -> None:
        """Take ids away."""
        for one in ids.tolist():
            self._known.pop(one, None)
        self._table = None

    def __len__(self) -> int:
        return len(self._known)


class _Step(NamedTuple):
    """What one reading brought: up to which change, and the entries that it touched."""

    seq: int
    mark: UUID
    touched: frozenset[int]


class Known:
    """What this process can search of the banks."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._read_at = float("-inf")
        self._steps: deque[_Step] = deque(maxlen=_REMEMBERED)
        self._index: Searcher = FlatIndex()

    def search(self, values: Sequence[bytes], *, within: int) -> Answers:
        """Return what lies within so many bits of each hash, by what the tables say now."""
        self.refresh()
        if not values:
            return Answers([])
        return self._index.search(words_of(values), within=within)

    def refresh(self) -> None:
        """Read what changed, where the last time is half a second ago."""
        with self._lock:
            if time.monotonic() - self._read_at >= PATIENCE:
                self._read()
                self._read_at = time.monotonic()

    def expire(self) -> None:
        """Read what changed before the next search: this process changed something."""
        self._read_at = float("-inf")

    def __len__(self) -> int:
        return len(self._index)

    def _read(self) -> None:
        head = Counter.objects.values_list("seq", "mark").first()
        last = self._steps[-1] if self._steps else None
        if last and head == (last.seq, last.mark):
            return
        undone = self._undo()
        last = self._steps[-1] if self._steps else None
        if last is None:
            self._load(head)
            return
        changed = Change.objects.filter(seq__gt=last.seq).order_by("seq")
        touched = frozenset(changed.values_list("entry", flat=True))
        self._bring_up_to_date(undone | touched)
        if head is not None and head != (last.seq, last.mark):
            self._steps.append(_Step(*head, touched))

    def _undo(self) -> frozenset[int]:
        """Forget the steps that the database no longer knows, and return what they touched."""
        touched: set[int] = set()
        while self._steps:
            last = self._steps[-1]
            if Change.objects.filter(seq=last.seq, mark=last.mark).exists():
                break
            touched |= last.touched
            self._steps.pop()
        return frozenset(touched)

    def _load(self, head: tuple[int, UUID] | None) -> None:
        self._index = FlatIndex()
        found = Entry.objects.filter(kind=Kind.PDQ, state__in=ASKED).values_list("id", "value")
        for some in batched(found.iterator(chunk_size=_AT_ONCE), _AT_ONCE, strict=False):
            self._add(some)
        if head is not None:
            self._steps.append(_Step(*head, frozenset()))

    def _bring_up_to_date(self, touched: Iterable[int]) -> None:
        for some in batched(touched, 500, strict=False):
            found = Entry.objects.filter(id__in=some, kind=Kind.PDQ, state__in=ASKED)
            there = list(found.values_list("id", "value"))
            gone = set(some) - {one for one, _value in there}
            self._index.remove(np.fromiter(gone, np.uint32, len(gone)))
            self._add(there)

    def _add(self, rows: Sequence[tuple[int, bytes | memoryview]]) -> None:
        if rows:
            ids = np.fromiter((one for one, _value in rows), np.uint32, len(rows))
            self._index.add(ids, words_of(bytes(value) for _one, value in rows))


class Lately:
    """What was seen lately; ids are those of sightings, times eight, and the turn."""

    def search(self, values: Sequence[bytes], *, within: int) -> Answers:
        """Return what lies within so many bits of each hash."""
        found = Sighting.objects.filter(kind=Kind.PDQ, until__gte=today())
        ids: list[int] = []
        hashes: list[bytes] = []
        for one, value, turns in found.values_list("id", "value", "turns").iterator():
            each = turns_of(bytes(turns)) or (bytes(value),)
            ids.extend(one * len(Turn) + turn for turn in range(len(each)))
            hashes.extend(each)
        table = np.fromiter(ids, np.uint32, len(ids)), words_of(hashes)
        return flat.search(*table, words_of(values), within=within)


@cache
def lately() -> Lately:
    """Return what this process can search of what was seen; the first call makes it."""
    return Lately()


@cache
def known() -> Known:
    """Return what this process can search; the first call makes it."""
    return Known()
