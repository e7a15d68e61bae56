"""What an index is asked and what it answers, whichever way it is kept."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

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
