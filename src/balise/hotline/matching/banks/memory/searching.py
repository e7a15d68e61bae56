"""The PDQs that this process can search, kept as the tables say; it loads numpy.

Processes of one home share a folder. Before a search, at most twice a second, one reads which
entries changed since the index was written, and writes them into it: the others find them there.
Within a transaction nothing is written: what the tables say beyond the index is searched beside it.

A file beside the index names the last change that is in it. Where the tables do not know that
change (a copy was restored), or the files are refused, the index is made again from the tables;
until it is, an answer says that it is not whole.

Where `BALISE_RAY` names a cluster, its nodes search the segments. One that cannot be joined, or
fails, is left alone for a while, and what is asked meanwhile is not answered whole.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import batched
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from balise.foundation.actors import SYSTEM
from balise.foundation.cluster import ClusterFailed
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.stored import StoreSilent
from balise.hotline.matching.banks.events import INDEX, IndexRebuilt
from balise.hotline.matching.banks.models import Change, Counter, Entry
from balise.hotline.matching.banks.rules.deciding import ASKED
from balise.hotline.matching.index import segments, spread
from balise.hotline.matching.index.local import LocalIndex
from balise.hotline.matching.index.segments import (
    Answers,
    Hashes,
    Ids,
    IndexRefused,
    in_order,
    words_of,
)
from balise.hotline.matching.signals.rules.kinds import WITHIN, HashKind

PATIENCE: Final = 0.5  # seconds for which what was read last is believed
AT_ONCE: Final = 20_000  # entries that are made an index of while the asker waits
_OTHERS: Final = 1.0  # seconds for which one thread waits for another to read
AWAY: Final = 30.0  # seconds for which a cluster that failed is left alone
_FAILED: Final = (ClusterFailed, StoreSilent)
_READ: Final = 10_000
_SOME: Final = 5_000

logger = logging.getLogger(__name__)


class Head(NamedTuple):
    """The last change: its number, and the mark of its transaction."""

    seq: int
    mark: UUID


class Known:
    """What this process can search of the banks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._read_at = float("-inf")
        self._index: LocalIndex | None = None
        self._is_building = False
        self._is_merging = False
        self._away_until = float("-inf")
        self._is_away_told = False

    def search(self, values: Sequence[bytes], *, within: int = WITHIN) -> Answers:
        """Return what lies within so many bits of each hash, by what the tables say now.

        `missing` names the index while it is made again, and while its cluster fails: nothing
        found is no proof then.
        """
        asked = words_of(values)
        if connection.in_atomic_block:
            return self._search_within(asked, within)
        self.refresh()
        return self._search(self._index, asked, within)

    def refresh(self, *, at_once: bool = False) -> None:
        """Bring the index up to date, where the last time is half a second ago, or `at_once`."""
        if not at_once and time.monotonic() - self._read_at < PATIENCE:
            return
        if not self._lock.acquire(timeout=_OTHERS):
            return  # another thread reads a whole import
        try:
            if at_once or time.monotonic() - self._read_at >= PATIENCE:
                self._bring_up_to_date()
                self._read_at = time.monotonic()
        finally:
            self._lock.release()

    def expire(self) -> None:
        """Read what changed before the next search: this process changed something."""
        self._read_at = float("-inf")

    def merge(self) -> bool:
        """Merge what is small in the index, where that is worth it; return whether it was."""
        index = self._index
        if index is None or self._is_away or not index.wants_merge:
            return False
        try:
            return index.merge()
        except _FAILED as failure:  # what was there before still counts
            self._leave_alone(failure)
            return False

    def __len__(self) -> int:
        index = self._index
        return 0 if index is None else len(index)

    def _bring_up_to_date(self) -> None:
        if self._is_building:
            return
        head, why = _head(), self._attach()
        if why:
            self._rebuild(why, head)
            head = None if self._index is None else _head()
        if self._index is None or head is None:
            return
        reached = self._index.reached
        if head.seq > reached:
            _keep_mark(self._folder, head)  # first: what is written belongs to these tables
            for some in batched(_changed_since(reached, head.seq), _SOME, strict=False):
                _write(self._index, some)
            self._index.reach(head.seq)
        if self._index.wants_merge and not self._is_merging and not self._is_away:
            self._is_merging = True
            threading.Thread(target=self._merge_apart, daemon=True).start()

    def _attach(self) -> str:
        """Attach the index and return why its files cannot be used, "" where they can.

        There is none while its cluster fails.
        """
        try:
            if self._index is None and not self._open():
                return ""
            is_ours = self._index is None or self._is_of_these_tables(self._index)
        except IndexRefused as refusal:
            return refusal.code.replace("_", "-")
        return "" if is_ours else "other-tables"

    def _open(self) -> bool:
        """Open the index, of one machine or of several; return whether it is open."""
        if self._is_away:
            return False
        try:
            self._index = spread.opened(self._folder, ray=settings.RAY, storage=settings.STORAGE)
        except _FAILED as failure:
            self._leave_alone(failure)
            return False
        return True

    @property
    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until

    def _leave_alone(self, failure: Exception) -> None:
        """Do not ask the cluster for a while; that it fails is said once, until it answers."""
        self._away_until = time.monotonic() + AWAY
        if not self._is_away_told:
            logger.warning("The cluster that holds fingerprints fails: %s", failure)
            self._is_away_told = True

    def _search(self, index: LocalIndex | None, asked: Hashes, within: int) -> Answers:
        """Search the index; where that cannot be, find nothing, and say that it is not whole."""
        if index is None or self._is_away:
            return _nothing(len(asked))
        try:
            answers = index.search(asked, within=within)
        except IndexRefused as refusal:  # its files were damaged since it was attached
            logger.warning("The index of fingerprints was refused: %s.", refusal.code)
            self._index = None
            self.expire()
            return _nothing(len(asked))
        except _FAILED as failure:
            self._leave_alone(failure)
            return _nothing(len(asked))
        if self._is_away_told:
            logger.warning("The cluster that holds fingerprints answers again.")
            self._is_away_told = False
        return answers

    def _is_of_these_tables(self, index: LocalIndex) -> bool:
        """Return whether the change that the index was written up to is in the tables."""
        written = _mark(self._folder)
        if written is None:
            return not index.reached
        return Change.objects.filter(seq=written.seq, mark=written.mark).exists()

    def _rebuild(self, why: str, head: Head | None) -> None:
        self._index, self._is_building = None, True
        logger.warning("The index of fingerprints is made again: %s.", why)
        if _asked_entries().count() <= AT_ONCE:
            self._build(why, head)
        else:
            threading.Thread(target=self._build_apart, args=(why, head), daemon=True).start()

    def _build(self, why: str, head: Head | None) -> None:
        try:
            ids, hashes = _all()
            reached = head.seq if head else 0
            _keep_mark(self._folder, head)
            LocalIndex.rebuilt(self._folder, ids, hashes, reached=reached)
            with transaction.atomic():
                record(IndexRebuilt(subject=INDEX, why=Code(why), many=len(ids)), by=SYSTEM)
            self._open()
        finally:
            self._is_building = False

    def _build_apart(self, why: str, head: Head | None) -> None:
        try:
            self._build(why, head)
        except Exception:
            logger.exception("The index of fingerprints could not be made.")
        finally:
            connection.close()

    def _merge_apart(self) -> None:
        try:
            self.merge()
        except Exception:
            logger.exception("The index of fingerprints could not be merged.")
        finally:
            self._is_merging = False

    def _search_within(self, asked: Hashes, within: int) -> Answers:
        """Search the index, and beside it what the open transaction sees beyond it."""
        if self._index is None and not self._is_building and self._lock.acquire(timeout=_OTHERS):
            try:
                self._attach()
            finally:
                self._lock.release()
        index, head = self._index, _head()
        if index is None or not self._is_of_these_tables(index):
            if _asked_entries().count() > AT_ONCE:
                return _nothing(len(asked))
            return segments.search(*_all(), asked, within=within)
        reached = index.reached
        parts = [self._search(index, asked, within)]
        if head is not None and head.seq > reached:
            changed = frozenset(_changed_since(reached, head.seq))
            parts[0] = _without(parts[0], changed)
            parts += [
                segments.search(*_rows(some), asked, within=within)
                for some in batched(changed, _SOME, strict=False)
            ]
        return _joined(parts)


@cache
def known() -> Known:
    """Return what this process can search; the first call makes it."""
    database = str(connection.settings_dict["NAME"])
    return Known(settings.HOME / "index" / sha256(database.encode()).hexdigest()[:8])


def not_asked() -> tuple[Ids, Hashes]:
    """Return the PDQs of entries that are on hold or withdrawn, as long as they are kept."""
    found = Entry.objects.filter(kind=HashKind.PDQ).exclude(state__in=ASKED).exclude(value=b"")
    return _table(found.values_list("id", "value").iterator(chunk_size=_READ))


def within(ids: Ids, hashes: Hashes, values: Sequence[bytes], *, bits: int) -> Answers:
    """Return which of these hashes lie within so many bits of each value, one by one."""
    return segments.search(ids, hashes, words_of(values), within=bits)


def _nothing(count: int) -> Answers:
    none = np.empty(0, np.uint32), np.empty((0, 4), np.uint64)
    found = segments.search(*none, np.zeros((count, 4), np.uint64), within=0).found
    return Answers(found, missing=("index",))


def _head() -> Head | None:
    found = Counter.objects.values_list("seq", "mark").first()
    return Head(*found) if found and found[0] else None


def _asked_entries() -> QuerySet[Entry]:
    return Entry.objects.filter(kind=HashKind.PDQ, state__in=ASKED)


def _all() -> tuple[Ids, Hashes]:
    return _table(_asked_entries().values_list("id", "value").iterator(chunk_size=_READ))


def _changed_since(reached: int, last: int) -> Iterator[int]:
    """Yield the entries that changed, each once where the changes follow one another."""
    found = Change.objects.filter(seq__gt=reached, seq__lte=last).order_by("seq")
    for some in batched(
        found.values_list("entry", flat=True).iterator(chunk_size=_READ), _READ, strict=False
    ):
        yield from dict.fromkeys(some)


def _rows(ids: Iterable[int]) -> tuple[Ids, Hashes]:
    return _table(_asked_entries().filter(id__in=list(ids)).values_list("id", "value"))


def _write(index: LocalIndex, touched: Sequence[int]) -> None:
    ids, hashes = _rows(touched)
    index.remove(np.setdiff1d(np.array(touched, np.uint32), ids))
    if len(ids):
        index.add(ids, hashes)


def _table(rows: Iterable[tuple[int, bytes | memoryview]]) -> tuple[Ids, Hashes]:
    """Return ids and hashes as the index takes them, a part at a time."""
    ids, hashes = [np.empty(0, np.uint32)], [np.empty((0, 4), np.uint64)]
    for some in batched(rows, _READ, strict=False):
        ids.append(np.fromiter((one for one, _value in some), np.uint32, len(some)))
        hashes.append(words_of(bytes(value) for _one, value in some))
    return np.concatenate(ids), np.concatenate(hashes)


def _joined(parts: Sequence[Answers]) -> Answers:
    found = [
        in_order(
            np.concatenate([part.ids for part in one]),
            np.concatenate([part.distances for part in one]),
        )
        for one in zip(*(part.found for part in parts), strict=True)
    ]
    return Answers(found, tuple({name for part in parts for name in part.missing}))


def _without(answers: Answers, ids: frozenset[int]) -> Answers:
    """Return an answer without what the open transaction changed."""
    gone = np.fromiter(ids, np.uint32, len(ids))
    kept = [~np.isin(found.ids, gone) for found in answers.found]
    return answers._replace(
        found=[
            found._replace(ids=found.ids[those], distances=found.distances[those])
            for found, those in zip(answers.found, kept, strict=True)
        ]
    )


def _mark(folder: Path) -> Head | None:
    try:
        seq, mark = (folder / "mark").read_text(encoding="ascii").split()
        return Head(int(seq), UUID(mark))
    except (FileNotFoundError, ValueError):
        return None


def _keep_mark(folder: Path, head: Head | None) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if head is None:
        (folder / "mark").unlink(missing_ok=True)
        return
    new = folder / f".mark.{threading.get_ident()}"
    new.write_text(f"{head.seq} {head.mark}", encoding="ascii")
    new.replace(folder / "mark")
