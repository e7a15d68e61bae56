"""What was added and removed since the segments were written, one record after another in a file.

A record has 48 octets: kind, id, hash and a check. Processes append under a lock; all read what
the others wrote by the file's length. A record that was half written is no record yet: the next
writer takes it away. The table of entries is the truth, so nothing waits here for the disk.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.index.answers import Hashes, Ids
from balise.hotline.matching.index.segments import IndexRefused

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
