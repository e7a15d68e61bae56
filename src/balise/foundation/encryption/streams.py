"""Files sealed as they stream by: never whole in memory, never in clear on a disk.

    ver(1) alg(1), then for each mebibyte of the file: AES-256-GCM(file key, nonce, piece, AAD)
    nonce = 7 zero bytes, last(1), index(4)      AAD = file id(16), index(4), last(1)

A piece that is missing, moved, doubled or from another file does not open, and neither does a
file without its last piece. The nonces repeat from file to file, so each file has a key of its
own, made here and used for one stream only.
"""

import os
from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from balise.foundation.encryption.envelope import HEADER, KEY_BYTES, TAG_BYTES, SealBroken
from balise.foundation.encryption.sealing import RecordKey

PIECE = 1_048_576
_NONCE_STARTS = bytes(7)


class Readable(Protocol):
    """A file of bytes, in any storage."""

    def read(self, size: int, /) -> bytes: ...


class StreamSealer:
    """Seals one file, piece by piece, under a fresh key."""

    def __init__(self, file: UUID) -> None:
        self.file = file
        self._secret = os.urandom(KEY_BYTES)
        self._cipher = AESGCM(self._secret)
        self._waiting = bytearray()
        self._index = 0
        self._is_finished = False

    def seal(self, octets: bytes) -> bytes:
        """Return what is ready to be written after taking in more of the file; often nothing."""
        if self._is_finished:
            raise ValueError("the stream is finished")
        self._waiting += octets
        # The last piece is marked as such, so one is held back until more has come.
        ready: list[bytes] = []
        while len(self._waiting) > PIECE:
            ready.append(self._next(bytes(self._waiting[:PIECE]), last=False))
            del self._waiting[:PIECE]
        return b"".join(ready)

    def finish(self) -> bytes:
        """Return the last piece. Without it the file does not open."""
        if self._is_finished:
            raise ValueError("the stream is finished")
        self._is_finished = True
        piece = self._next(bytes(self._waiting), last=True)
        self._waiting.clear()
        return piece

    def key_for(self, line: str) -> RecordKey:
        """Return the file's key as one that belongs to a line, to be kept like any other."""
        return RecordKey(line, self.file, self._secret)

    def _next(self, piece: bytes, *, last: bool) -> bytes:
        index = self._index
        self._index += 1
        sealed = self._cipher.encrypt(
            _nonce(index, last=last), piece, _bound_to(self.file, index, last=last)
        )
        return sealed if index else HEADER + sealed


def opened_stream(key: RecordKey, sealed: Readable) -> Iterator[bytes]:
    """Yield the pieces of a file, each checked before it is given out; raise `SealBroken` else.

    That the end is missing shows only at the end: what was given out before is genuine, but it
    is not the whole file.
    """
    if sealed.read(len(HEADER)) != HEADER:
        raise SealBroken("unknown file version or algorithm")
    index = 0
    piece = sealed.read(PIECE + TAG_BYTES)
    while True:
        following = sealed.read(PIECE + TAG_BYTES)
        last = not following
        yield _opened(key, piece, index, last=last)
        if last:
            return
        index, piece = index + 1, following


def _opened(key: RecordKey, piece: bytes, index: int, *, last: bool) -> bytes:
    try:
        return key._cipher.decrypt(
            _nonce(index, last=last), piece, _bound_to(key.record, index, last=last)
        )
    except InvalidTag as error:
        raise SealBroken(f"piece {index} of the file does not open") from error


def _nonce(index: int, *, last: bool) -> bytes:
    return _NONCE_STARTS + bytes((last,)) + index.to_bytes(4)


def _bound_to(file: UUID, index: int, *, last: bool) -> bytes:
    return file.bytes + index.to_bytes(4) + bytes((last,))
