"""A segment that a node of a cluster holds. It knows the storage from the node's environment."""

import os
import struct
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from balise.foundation.stored import SETTING, fetch, read_place
from balise.hotline.matching.index import attached
from balise.hotline.matching.index.answers import Found, Hashes
from balise.hotline.matching.index.segments import Segment

STORED: Final = "matching"  # the folder of segments in the storage
_COUNT: Final = struct.Struct("<I")


class Holder:
    """A segment, asked from elsewhere."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Attach a segment of the storage; raise `IndexRefused` where its checksum is another.

        A copy of a bucket's file is taken away at once: what is attached stays while it is held.
        """
        name = document["name"]
        with TemporaryDirectory() as folder:
            path = fetch(read_place(os.environ[SETTING]), f"{STORED}/{name}", Path(folder))
            if path.name != name:
                path = path.rename(path.with_name(name))
            self._segment = Segment(path)
            self._segment.verify()
        attached.at_hand()

    def answer(self, document: dict[str, Any], octets: bytes) -> bytes:
        """Return what lies within so many bits of each hash asked."""
        return packed(attached.search(self._segment, hashes_of(octets), document["within"]))


def octets_of(hashes: Hashes) -> bytes:
    """Return hashes as they are sent."""
    return hashes.astype("<u8").tobytes()


def hashes_of(octets: bytes) -> Hashes:
    """Return hashes that were sent."""
    return np.frombuffer(octets, "<u8").astype(np.uint64).reshape(-1, 4)


def packed(found: list[Found]) -> bytes:
    """Return what was found as it is sent: how many for each hash, then ids, then distances."""
    counts = np.array([len(one.ids) for one in found], "<u4")
    ids = [one.ids.astype("<u4").tobytes() for one in found]
    return b"".join(
        [_COUNT.pack(len(found)), counts.tobytes(), *ids, *(bytes(one.distances) for one in found)]
    )


def unpacked(octets: bytes) -> list[Found]:
    """Return what was found, of what was sent."""
    (length,) = _COUNT.unpack_from(octets)
    counts = np.frombuffer(octets, "<u4", length, _COUNT.size)
    total, start = int(counts.sum()), _COUNT.size + 4 * length
    ids = np.frombuffer(octets, "<u4", total, start).astype(np.uint32)
    distances = np.frombuffer(octets, np.uint8, total, start + 4 * total)
    ends = np.cumsum(counts)[:-1]
    if not length:
        return []
    pairs = zip(np.split(ids, ends), np.split(distances, ends), strict=True)
    return [Found(one, far) for one, far in pairs]
