"""The index of one machine: a folder that its processes share.

    index.json        which files count (`manifest`)
    SHA256.segment    hashes that never change (`segments`), and SHA256.gone: ids taken out of one
    NUMBER.log        what was added and removed since (`log`)

Each process attaches the segments and keeps the log's content in memory; before each search it
asks the system whether another process wrote, so that all find what one added. One process at a
time merges: it writes new segments and a new log, then replaces the manifest. Others go on with
the files that they have attached until they see it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from threading import RLock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index import manifest, segments as index_segments
from balise.hotline.matching.index.attached import Attached, Live, is_in, search, together
from balise.hotline.matching.index.manifest import Manifest
from balise.hotline.matching.index.segments import (
    EXACT_WITHIN,
    FARTHEST,
    Answers,
    Found,
    Hashes,
    Ids,
    IndexRefused,
    Segment,
    checked,
    write_segment,
)

# Which segments are written together, and what of them is.


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


MERGE_AT: Final = 4_096  # records of the log
_TRIES: Final = 20  # to read files that a merge replaces meanwhile


@dataclass(slots=True)
class _Standing:
    """What a process knows of the index at one time."""

    stamp: int | None  # the date of the manifest
    manifest: Manifest
    attached: tuple[Attached, ...]
    live: Live
    hidden: int = 0  # hashes of segments that were touched since

    def apply(self, records: index_segments.Records) -> None:
        touched = self.live.apply(records)
        for one in self.attached if len(touched) else ():
            self.hidden += int(one.counting(touched).sum())


class LocalIndex:
    """The index in a folder, for this process and others of the machine; threads may share it.

    Raises `IndexRefused` where its files cannot be used; `rebuilt` makes them again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = RLock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if manifest.number_of(folder) is None:
            with locked(folder, "writing"):
                if manifest.number_of(folder) is None:
                    _put(folder, Manifest(number=1))
        self._standing = _load(folder, {})

    @staticmethod
    def rebuilt(folder: Path, ids: Ids, hashes: Hashes, *, reached: int = 0) -> "LocalIndex":
        """Put these hashes in the place of all that a folder has, whatever state it is in."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(folder, "merging"):
            segments = ((write_segment(ids, hashes, folder), ""),) if len(ids) else ()
            with locked(folder, "writing"):
                number = (manifest.number_of(folder) or 0) + 1
                new = Manifest(number=number, segments=segments, reached=reached)
                _put(folder, new)
            manifest.sweep(folder, new)
        return LocalIndex(folder)

    def search(self, asked: Hashes, *, within: int = EXACT_WITHIN) -> Answers:
        """Return all that lies within so many bits, from 0 to 255, of each hash asked.

        Above 31 bits all hashes are compared one by one, and the answer says so.
        """
        if not 0 <= within < FARTHEST:
            raise ValueError("a distance is from 0 to 255 bits")
        asked, standing = checked(asked), self._current()
        found, missing = self._asked(standing.attached, asked, within)
        parts = [one.kept(part, standing.live) for one, part in found]
        if len(standing.live):
            parts.append(standing.live.search(asked, within))
        return Answers(together(parts, len(asked)), missing, within > EXACT_WITHIN)

    def _asked(
        self, attached: Sequence[Attached], asked: Hashes, within: int
    ) -> tuple[list[tuple[Attached, list[Found]]], tuple[str, ...]]:
        """Return what each segment found, and the names of those that did not answer."""
        return [(one, search(one.segment, asked, within)) for one in attached], ()

    def add(self, ids: Ids, hashes: Hashes) -> None:
        """Add hashes, each under an id; one that is there under its id is not written again."""
        ids, hashes = np.asarray(ids, np.uint32), checked(hashes)
        if len(ids) != len(hashes):
            raise ValueError("each hash has an id of its own")
        with self._writing() as standing:
            new = ~_are_there(standing, ids, hashes)
            self._append(standing, index_segments.added(ids[new], hashes[new]))

    def remove(self, ids: Ids) -> None:
        """Take ids away; one that is not there is no error."""
        ids = np.unique(np.asarray(ids, np.uint32))
        with self._writing() as standing:
            there = standing.live.has(ids)
            for one in standing.attached:
                there |= one.counting(ids) & ~standing.live.hidden(ids)
            self._append(standing, index_segments.removed(ids[there]))

    def reach(self, change: int) -> None:
        """Note that all changes up to this number are in the index; `reached` gives it back."""
        with self._writing() as standing:
            if change > standing.live.reached:
                self._append(standing, index_segments.reached(change))

    @property
    def reached(self) -> int:
        """The last change that is in the index; 0 at first."""
        return self._current().live.reached

    @property
    def wants_merge(self) -> bool:
        """Whether searches would gain by `merge`."""
        return self._current().live.read >= MERGE_AT

    @property
    def segments(self) -> tuple[str, ...]:
        """The names of the segments, oldest first."""
        return tuple(one.segment.name for one in self._current().attached)

    def __len__(self) -> int:
        """Return how many hashes can be found."""
        standing = self._current()
        whole = sum(one.segment.count - len(one.gone) for one in standing.attached)
        return whole - standing.hidden + len(standing.live)

    def merge(self) -> bool:
        """Write the log's content, and the segments it makes small beside it, as a new segment.

        Others search and add meanwhile. Returns False where another process is merging.
        """
        try:
            with locked(self.folder, "merging", LOCK_NB):
                self._merge()
        except BlockingIOError:
            return False
        return True

    def _merge(self) -> None:
        with self._writing() as standing:
            count, reached = standing.live.read, standing.live.reached
            kept, touched = standing.live.kept(), standing.live.touched()
            attached = standing.attached
        anew = to_merge([(one.segment.count, len(one.gone)) for one in attached], len(kept[0]))
        segments = []
        for one in (one for one, is_anew in zip(attached, anew, strict=True) if not is_anew):
            gone = np.union1d(one.gone, touched[one.counting(touched)])
            segments.append((one.segment.name, manifest.write_gone(self.folder, gone)))
        some = [one for one, is_anew in zip(attached, anew, strict=True) if is_anew]
        ids, hashes = content(some, kept, touched)
        if len(ids):
            segments.append((write_segment(ids, hashes, self.folder), ""))
        self._place([name for name, _gone in segments])
        with self._writing() as standing:
            number = standing.manifest.number + 1
            new = Manifest(number=number, segments=tuple(segments), reached=reached)
            _put(self.folder, new, index_segments.read(self.folder / standing.manifest.log, count))
        manifest.sweep(self.folder, new)
        self._current()

    def _place(self, names: Sequence[str]) -> None:
        """Have segments ready to be asked, before the manifest names them: here they are."""

    def _current(self) -> _Standing:
        """Return what the index is now, whichever process wrote last."""
        if self._is_current(self._standing):
            return self._standing
        with self._lock:
            standing = self._standing
            if manifest.number_of(self.folder) != standing.stamp:
                known = {one.segment.name: one.segment for one in standing.attached}
                self._standing = _load(self.folder, known)
            elif not self._is_current(standing):
                try:
                    records = index_segments.read(
                        self.folder / standing.manifest.log, standing.live.read
                    )
                except FileNotFoundError:  # a merge took it away since
                    return self._current()
                standing.apply(records)
            return self._standing

    def _is_current(self, standing: _Standing) -> bool:
        try:
            size = os.stat(f"{self.folder}/{standing.manifest.log}").st_size  # noqa: PTH116 - hot
        except FileNotFoundError:
            return False
        is_read = size == index_segments.length(standing.live.read)
        return is_read and manifest.number_of(self.folder) == standing.stamp

    @contextmanager
    def _writing(self) -> Iterator[_Standing]:
        """Keep others from writing meanwhile; what a writer left half written is cut off."""
        with locked(self.folder, "writing"), self._lock:
            standing = self._current()
            if not self._is_current(standing):
                index_segments.cut(self.folder / standing.manifest.log, standing.live.read)
            yield standing

    def _append(self, standing: _Standing, records: index_segments.Records) -> None:
        if len(records):
            index_segments.append(self.folder / standing.manifest.log, records)
            standing.apply(records)


@contextmanager
def locked(folder: Path, what: str, how: int = 0) -> Iterator[None]:
    """Keep other processes, and other threads, from doing the same meanwhile."""
    with (folder / f"{what}.lock").open("ab") as file:
        flock(file, LOCK_EX | how)
        yield


def _put(folder: Path, new: Manifest, since: index_segments.Records | None = None) -> None:
    """Write the log that goes with a manifest, then the manifest."""
    index_segments.begin(folder / new.log)
    if since is not None:
        index_segments.append(folder / new.log, since)
    manifest.write(folder, new)


def _load(folder: Path, known: dict[str, Segment]) -> _Standing:
    """Attach what the manifest names; segments that are attached already are taken from `known`."""
    for _ in range(_TRIES):
        stamp = manifest.number_of(folder)  # first: what replaces it meanwhile is seen next time
        read = manifest.read(folder)
        if read is None:
            break
        try:
            attached = tuple(
                Attached(
                    known.get(name) or Segment(folder / name), manifest.read_gone(folder, gone)
                )
                for name, gone in read.segments
            )
            standing = _Standing(stamp, read, attached, Live(read.reached))
            standing.apply(index_segments.read(folder / read.log, 0))
        except FileNotFoundError:
            if manifest.number_of(folder) == stamp:
                break
        else:
            return standing
    raise IndexRefused("missing")


def _are_there(standing: _Standing, ids: Ids, hashes: Hashes) -> NDArray[np.bool_]:
    """Return which of these hashes can be found under their ids already."""
    there = standing.live.same(ids, hashes)
    for one in standing.attached:
        there |= one.same(ids, hashes) & ~standing.live.hidden(ids)
    return there
