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
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index.answers import Hashes, Ids, checked

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
