"""An entry as one partner knows it: opaque, the same each time, another for every partner. Pure.

The number of the entry and a fixed mark fill one block of AES; the key is the partner's own. What
someone else made up does not have the mark.
"""

from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

_MARK: Final = b"\0entry\0\1"  # 8 bytes: one in 2**64 made-up handles would have it
_BYTES: Final = 8


def handle_of(entry: int, *, key: bytes) -> UUID:
    """Return the handle of an entry, by a key of 16 bytes."""
    one = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - one block of one number
    return UUID(bytes=one.update(_MARK + entry.to_bytes(_BYTES)) + one.finalize())


def entry_of(handle: UUID, *, key: bytes) -> int | None:
    """Return the entry of a handle, or None for one that was not given to this partner."""
    one = Cipher(AES(key), ECB()).decryptor()  # noqa: S305 - as above
    clear = one.update(handle.bytes) + one.finalize()
    return int.from_bytes(clear[_BYTES:]) if clear[:_BYTES] == _MARK else None
