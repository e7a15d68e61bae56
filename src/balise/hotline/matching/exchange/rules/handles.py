"""An entry as one partner knows it: opaque, the same each time, another for every partner. Pure.

The number of the entry and a fixed mark fill one block of AES; the key is the partner's own. What
someone else made up does not have the mark.
"""

from typing import Final
from uuid import UUID

from balise.foundation.encryption.blocks import hide, show

_MARK: Final = b"\0entry\0\1"  # 8 bytes: one in 2**64 made-up handles would have it
_BYTES: Final = 8


def handle_of(entry: int, *, key: bytes) -> UUID:
    """Return the handle of an entry, by a key of 16 bytes."""
    return UUID(bytes=hide(_MARK + entry.to_bytes(_BYTES), key=key))


def entry_of(handle: UUID, *, key: bytes) -> int | None:
    """Return the entry of a handle, or None for one that was not given to this partner."""
    clear = show(handle.bytes, key=key)
    return int.from_bytes(clear[_BYTES:]) if clear[:_BYTES] == _MARK else None
