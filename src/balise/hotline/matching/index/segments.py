"""A segment: a file of hashes that never changes, laid out to be searched where it lies.

    header     128 octets: format, version, byte order, count, lengths, SHA-256 of the body
    starts     16 × (65,536 + 1) × 4
    entries    16 × count × 16
    hashes     count × 32, in the order of the ids
    ids        count × 4, ascending

A hash is sixteen words of 16 bits. For each of the sixteen there is a table of all hashes, sorted
by that word; `starts` says where each value begins. An entry is two numbers of 64 bits: the row of
the hash and the next two words of it, then the four words after those. So most of what shares a
word is put aside by 96 other bits that lie beside it, and the hash itself is seldom read.

Its name is the SHA-256 of its body. Attaching reads the header; the system brings the rest as it
is asked for, once for all processes. `verify` reads it all.
"""

import mmap
import os
import struct
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

# What an index is asked and what it answers, whichever way it is kept.


type Hashes = NDArray[np.uint64]  # (n, 4): a row is the 256 bits of a hash, highest bits first
type Ids = NDArray[np.uint32]

OCTETS = 32  # of a hash
EXACT_WITHIN = 31  # bits: the largest distance that an index answers without a flat scan
FARTHEST = 8 * OCTETS


class Found(NamedTuple):
    """What lies within the distance of one hash: by distance, then by id."""

    ids: Ids
    distances: NDArray[np.uint8]


class Answers(NamedTuple):
    """What was found for each hash asked, in their order.

    `missing` names the segments that did not answer: where there is one, nothing found is no
    proof. `is_flat` says that every hash was compared, one by one: slow, for distances above 31.
    """

    found: list[Found]
    missing: tuple[str, ...] = ()
    is_flat: bool = False


class Searcher(Protocol):
    """An index, kept on this machine or on several."""

    def search(self, asked: Hashes, *, within: int = EXACT_WITHIN) -> Answers:
        """Return all that lies within so many bits of each hash."""
        ...

    def add(self, ids: Ids, hashes: Hashes) -> None:
        """Add hashes under ids below 2**32; one that is known under its id stays as it is."""
        ...

    def remove(self, ids: Ids) -> None:
        """Take ids away; one that is not known is no error."""
        ...

    def __len__(self) -> int:
        """Return how many hashes can be found."""
        ...


def words_of(values: Iterable[bytes]) -> Hashes:
    """Return hashes of 32 octets as rows of four numbers; raise ValueError for another length."""
    values = list(values)
    if any(len(value) != OCTETS for value in values):
        raise ValueError(f"a hash has {OCTETS} octets")
    return np.frombuffer(b"".join(values), ">u8").astype(np.uint64).reshape(-1, 4)


def checked(hashes: Hashes) -> Hashes:
    """Return hashes as the index reads them; raise ValueError for another shape or type."""
    if hashes.ndim != 2 or hashes.shape[1] != 4 or hashes.dtype != np.uint64:  # noqa: PLR2004
        raise ValueError("hashes are rows of four uint64")
    return np.ascontiguousarray(hashes)


def in_order(ids: Ids, distances: NDArray[np.uint8]) -> Found:
    """Return what was found, by distance, then by id."""
    order = np.lexsort((ids, distances))
    return Found(ids[order], distances[order])


WORDS: Final = 16  # of a hash, of 16 bits
VALUES: Final = 1 << 16  # of a word
ENDING: Final = ".segment"
_FORMAT: Final = b"BALISEIX"
_VERSION: Final = 1
_ORDER: Final = 0x01020304  # reads otherwise on a machine of another byte order
_HEADER: Final = struct.Struct("=8sIIQQ32s64x")
_AT_ONCE: Final = 1 << 18  # entries: 4 MB


class IndexRefused(Exception):
    """A file of the index cannot be used, and has to be made again; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Segment:
    """A segment that is attached: its arrays lie in the file."""

    def __init__(self, path: Path) -> None:
        """Attach a file; raise `IndexRefused` where it is cut short, foreign or of another make."""
        self.name = path.name
        self.path = path
        with path.open("rb") as file:
            count, digest = _header(file.read(_HEADER.size), os.fstat(file.fileno()).st_size)
            octets = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
        if self.name != digest + ENDING:
            raise IndexRefused("checksum")
        self.count = count
        starts, entries, hashes, ids = np.split(octets[_HEADER.size :], _ends(count)[:-1])
        self.ids: Ids = ids.view(np.uint32)
        self.hashes: Hashes = hashes.view(np.uint64).reshape(-1, 4)
        self.starts: NDArray[np.uint32] = starts.view(np.uint32).reshape(WORDS, VALUES + 1)
        self.entries: NDArray[np.uint64] = entries.view(np.uint64).reshape(WORDS, count, 2)

    def verify(self) -> None:
        """Read the whole file; raise `IndexRefused` where it is not what its name says."""
        with self.path.open("rb") as file:
            file.seek(_HEADER.size)
            if file_digest(file, "sha256").hexdigest() + ENDING != self.name:
                raise IndexRefused("checksum")

    def has(self, ids: Ids) -> NDArray[np.bool_]:
        """Return which of these ids are in the segment."""
        if not self.count:
            return np.zeros(len(ids), np.bool_)
        places = np.searchsorted(self.ids, ids).clip(max=self.count - 1)
        return np.asarray(self.ids[places] == ids)


def write_segment(ids: Ids, hashes: Hashes, folder: Path) -> str:
    """Write a segment of these hashes, each under its own id; return its name.

    The file appears whole or not at all. It takes 292 octets a hash and 4 MB.
    """
    ids, hashes = np.ascontiguousarray(ids, np.uint32), checked(hashes)
    if len(ids) == len(hashes) and (ids[1:] <= ids[:-1]).any():
        order = np.argsort(ids)
        ids, hashes = ids[order], hashes[order]
        del order
    if len(ids) != len(hashes) or (ids[1:] == ids[:-1]).any():
        raise ValueError("each hash has an id of its own")
    body = sha256()
    with NamedTemporaryFile(
        dir=folder, prefix=".", suffix=".writing", delete_on_close=False
    ) as file:
        file.write(bytes(_HEADER.size))
        for part in _body(ids, hashes):
            octets = memoryview(part.reshape(-1).view(np.uint8))
            body.update(octets)
            file.write(octets)
        length = file.tell() - _HEADER.size
        file.seek(0)
        file.write(_HEADER.pack(_FORMAT, _VERSION, _ORDER, len(ids), length, body.digest()))
        file.flush()
        os.fsync(file.fileno())
        name = body.hexdigest() + ENDING
        Path(file.name).replace(folder / name)
    return name


def _body(ids: Ids, hashes: Hashes) -> Iterator[NDArray[Any]]:
    """Yield the parts of the body in their order, a part of a table at a time."""
    for word in range(WORDS):
        counts = np.bincount(word_of(hashes, word), minlength=VALUES)
        yield np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
    for word in range(WORDS):
        order = np.argsort(word_of(hashes, word), kind="stable").astype(np.uint32)
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            entries = np.stack(sketches(hashes[rows], word), axis=1)
            entries[:, 0] |= rows.astype(np.uint64) << np.uint64(32)
            yield entries
    yield hashes
    yield ids


def word_of(hashes: Hashes, word: int) -> NDArray[np.uint16]:
    """Return one of the sixteen words of each hash; the first has its highest bits."""
    return (hashes[:, word // 4] >> np.uint64(48 - 16 * (word % 4))).astype(np.uint16)


def sketches(hashes: Hashes, word: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the six words after one, going round: two in the low half of a number, then four."""
    low = high = np.zeros(len(hashes), np.uint64)
    for step in range(1, 7):
        after = word_of(hashes, (word + step) % WORDS).astype(np.uint64)
        if step <= 2:  # noqa: PLR2004
            low = (low << np.uint64(16)) | after
        else:
            high = (high << np.uint64(16)) | after
    return low, high


def _ends(count: int) -> list[int]:
    """Return where starts, entries, hashes and ids end, in octets of the body."""
    lengths = (4 * WORDS * (VALUES + 1), 16 * WORDS * count, 32 * count, 4 * count)
    return [sum(lengths[: place + 1]) for place in range(len(lengths))]


def _header(octets: bytes, size: int) -> tuple[int, str]:
    """Return the count and the checksum that a header states, or raise `IndexRefused`."""
    if len(octets) < _HEADER.size:
        raise IndexRefused("cut_short")
    form, version, order, count, length, digest = _HEADER.unpack(octets)
    if form != _FORMAT:
        raise IndexRefused("foreign")
    if order != _ORDER:
        raise IndexRefused("byte_order")
    if version != _VERSION:
        raise IndexRefused("version")
    if size != _HEADER.size + length or length != _ends(count)[-1]:
        raise IndexRefused("cut_short")
    return count, digest.hex()


# What was added and removed since the segments were written, one record after another in a file.
#
# A record has 48 octets: kind, id, hash and a check. Processes append under a lock; all read what
# the others wrote by the file's length. A record that was half written is no record yet: the next
# writer takes it away. The table of entries is the truth, so nothing waits here for the disk.


ADDED: Final = 1
REMOVED: Final = 2
REACHED: Final = 3  # the number of a change stands in the first word
_RECORD: Final = np.dtype([("kind", "=u4"), ("id", "=u4"), ("hash", "=u8", 4), ("check", "=u8")])
_FIRST: Final = np.zeros(1, _RECORD)  # tells format, version and byte order
_FIRST["kind"], _FIRST["id"], _FIRST["hash"] = 0, 0x01020304, [0x42414C495345, 1, 0, 0]
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)

type Records = NDArray[Any]


def begin(path: Path) -> None:
    """Write an empty log."""
    path.write_bytes(_checked(_FIRST.copy()).tobytes())


def added(ids: Ids, hashes: Hashes) -> Records:
    """Return records that add hashes."""
    records = np.zeros(len(ids), _RECORD)
    records["kind"], records["id"], records["hash"] = ADDED, ids, hashes
    return _checked(records)


def removed(ids: Ids) -> Records:
    """Return records that take ids away."""
    records = np.zeros(len(ids), _RECORD)
    records["kind"], records["id"] = REMOVED, ids
    return _checked(records)


def reached(change: int) -> Records:
    """Return a record that all changes up to this number are in the index."""
    records = np.zeros(1, _RECORD)
    records["kind"], records["hash"][0, 0] = REACHED, change
    return _checked(records)


def append(path: Path, records: Records) -> None:
    """Write records at the end; the caller holds the lock."""
    with path.open("ab", buffering=0) as file:
        file.write(records.tobytes())


def read(path: Path, start: int) -> Records:
    """Return the whole records from the one in this place on.

    Raises `IndexRefused` where the file is no log that this process understands.
    """
    with path.open("rb") as file:
        if not start:
            _understood(file.read(_RECORD.itemsize))
        file.seek((start + 1) * _RECORD.itemsize)
        octets = file.read()
    records = np.frombuffer(octets[: len(octets) // _RECORD.itemsize * _RECORD.itemsize], _RECORD)
    wrong = np.flatnonzero(records["check"] != _check(records))
    return records[: wrong[0]] if len(wrong) else records


def length(count: int) -> int:
    """Return the octets of a log of so many records."""
    return (count + 1) * _RECORD.itemsize


def cut(path: Path, count: int) -> None:
    """Take away what follows so many records."""
    with path.open("rb+") as file:
        file.truncate(length(count))


def _understood(octets: bytes) -> None:
    if len(octets) < _RECORD.itemsize:
        raise IndexRefused("cut_short")
    first = np.frombuffer(octets, _RECORD)
    if first["id"][0] == _FIRST["id"].byteswap()[0]:
        raise IndexRefused("byte_order")
    if first["id"][0] != _FIRST["id"][0] or first["hash"][0, 0] != _FIRST["hash"][0, 0]:
        raise IndexRefused("foreign")
    if first["hash"][0, 1] != _FIRST["hash"][0, 1]:
        raise IndexRefused("version")


def _check(records: Records) -> NDArray[np.uint64]:
    total = (records["id"].astype(np.uint64) << np.uint64(32)) | records["kind"]
    for word in range(4):
        total = (total ^ (total >> np.uint64(29)) ^ records["hash"][:, word]) * _FACTOR
    return np.asarray(total ^ (total >> np.uint64(31)) ^ np.uint64(1))


def _checked(records: Records) -> Records:
    records["check"] = _check(records)
    return records


# Every hash compared with every other, one by one: the reference that the index is checked by.


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
