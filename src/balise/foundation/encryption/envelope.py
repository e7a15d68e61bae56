"""The envelopes themselves: bytes in, bytes out. No database, no settings, no key files.

    body     ver(1) alg(1) nonce(12) AES-256-GCM(data key, padded JSON, AAD)
    wrap     HPKE base mode (RFC 9180): X25519, HKDF-SHA256, AES-256-GCM, of a data key
    receipt  nonce(12) AES-256-GCM(HKDF-SHA256(receipt, record), data key)
    batch    nonce(12) AES-256-GCM(batch key, data key)

What is bound into each (AAD, info) never changes after it is written, so nothing that is sealed
opens anywhere but in its own row. `docs/decisions/0002-envelopes.md` says why.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

type JSON = bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
STEP = 512  # sealed texts differ in length by whole steps only

VERSION = 1
AES_256_GCM = 1
HEADER = bytes((VERSION, AES_256_GCM))
_BODY_STARTS = len(HEADER) + NONCE_BYTES

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealBroken(Exception):
    """What is sealed does not open: changed, moved, cut short, or sealed with another key."""


def seal_body(cipher: AESGCM, payload: Mapping[str, JSON], *, where: str, row: UUID) -> bytes:
    """Return the payload as an envelope that opens only in this column (`where`) of this row."""
    text = orjson.dumps(dict(payload), option=orjson.OPT_SORT_KEYS)
    padded = text + b" " * (-len(text) % STEP)  # JSON ignores trailing spaces
    nonce = os.urandom(NONCE_BYTES)
    return HEADER + nonce + cipher.encrypt(nonce, padded, _body_bound_to(where, row))


def open_body(cipher: AESGCM, sealed: bytes, *, where: str, row: UUID) -> dict[str, Any]:
    """Return the payload of an envelope, or raise `SealBroken`."""
    if sealed[: len(HEADER)] != HEADER:
        raise SealBroken("unknown envelope version or algorithm")
    nonce, body = sealed[len(HEADER) : _BODY_STARTS], sealed[_BODY_STARTS:]
    payload = orjson.loads(_opened(cipher, nonce, body, _body_bound_to(where, row)))
    if not isinstance(payload, dict):
        raise SealBroken("the envelope holds no object")
    return payload


def wrap_for_line(
    secret: bytes, public_key: X25519PublicKey, *, line: str, record: UUID, key_id: str
) -> bytes:
    """Return a data key sealed to a line's public key (80 bytes); anyone can, without secrets."""
    return _SUITE.encrypt(secret, public_key, _wrap_bound_to(line, record, key_id))


def unwrap_for_line(
    wrapped: bytes, private_key: X25519PrivateKey, *, line: str, record: UUID, key_id: str
) -> bytes:
    """Return the data key that was sealed to a line, or raise `SealBroken`."""
    try:
        return _SUITE.decrypt(wrapped, private_key, _wrap_bound_to(line, record, key_id))
    except (InvalidTag, ValueError) as error:
        raise SealBroken("the line's wrap does not open") from error


def wrap_for_receipt(secret: bytes, receipt: str, *, record: UUID) -> bytes:
    """Return a data key wrapped for the bearer of the receipt (60 bytes)."""
    return _wrap(_receipt_cipher(receipt, record), secret, b"balise/reporter/v1")


def unwrap_for_receipt(wrapped: bytes, receipt: str, *, record: UUID) -> bytes:
    """Return the data key that was wrapped for a receipt, or raise `SealBroken`."""
    return _unwrap(_receipt_cipher(receipt, record), wrapped, b"balise/reporter/v1")


def wrap_in_batch(
    batch_cipher: AESGCM, secret: bytes, *, line: str, record: UUID, batch: UUID
) -> bytes:
    """Return a data key wrapped under a batch's key (60 bytes): a hundredth of HPKE's cost."""
    return _wrap(batch_cipher, secret, _batch_bound_to(line, record, batch))


def unwrap_in_batch(
    batch_cipher: AESGCM, wrapped: bytes, *, line: str, record: UUID, batch: UUID
) -> bytes:
    """Return the data key that was wrapped under a batch's key, or raise `SealBroken`."""
    return _unwrap(batch_cipher, wrapped, _batch_bound_to(line, record, batch))


def derived(secret: bytes, *, salt: bytes | None, purpose: str) -> bytes:
    """Return 32 bytes derived from a secret for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=purpose.encode()).derive(secret)


def _receipt_cipher(receipt: str, record: UUID) -> AESGCM:
    return AESGCM(derived(receipt.encode(), salt=record.bytes, purpose="balise/reporter/v1"))


def _wrap(cipher: AESGCM, secret: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, secret, bound_to)


def _unwrap(cipher: AESGCM, wrapped: bytes, bound_to: bytes) -> bytes:
    return _opened(cipher, wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)


def _opened(cipher: AESGCM, nonce: bytes, body: bytes, bound_to: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, body, bound_to)
    except (InvalidTag, ValueError) as error:  # ValueError: cut too short to hold a nonce
        raise SealBroken("the envelope does not open") from error


def _body_bound_to(where: str, row: UUID) -> bytes:
    return f"balise/v1|{where}|{row}|{AES_256_GCM}".encode()


def _wrap_bound_to(line: str, record: UUID, key_id: str) -> bytes:
    return f"balise/wrap/v1|{line}|{record}|{key_id}".encode()


def _batch_bound_to(line: str, record: UUID, batch: UUID) -> bytes:
    return f"balise/batch/v1|{line}|{record}|{batch}".encode()
