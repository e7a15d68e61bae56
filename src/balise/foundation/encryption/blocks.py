"""One block of AES: sixteen bytes become sixteen others, and back. For numbers alone."""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

BYTES = 16  # of a block, and of a key


def hide(block: bytes, *, key: bytes) -> bytes:
    """Return a block encrypted."""
    one = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - one block alone
    return one.update(block) + one.finalize()


def show(block: bytes, *, key: bytes) -> bytes:
    """Return what was encrypted; nonsense for what was not, or by another key."""
    one = Cipher(AES(key), ECB()).decryptor()  # noqa: S305 - as above
    return one.update(block) + one.finalize()
