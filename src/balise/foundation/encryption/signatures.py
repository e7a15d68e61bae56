"""Sign what a line certifies, and check it: Ed25519 (RFC 8032).

    <line>.signing.json     {"active": id, "keys": {id: base64}}     where the line's work is done
    <line>.verifying.json   {"keys": {id: base64}}                   everywhere

A key that signed once stays among the verifying keys permanently: its certificates are valid
longer.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from balise.foundation.encryption.keyfiles import (
    KeysFaulty,
    read_octets,
    signing_file,
    verifying_file,
    write_octets,
)
from balise.foundation.encryption.keyring import KeyNotHeld


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature (64 bytes) and the id of the key that made it."""

    key_id: str
    value: bytes


def sign(line: str, message: bytes) -> Signature:
    """Return a line's signature of a message; `KeyNotHeld` in a process that may not sign."""
    if settings.DOORS == ["public"]:
        raise KeyNotHeld("the public door signs nothing")
    path = signing_file(settings.KEYS, line)
    try:
        key_id, key = _signing(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise KeyNotHeld(f"{path} is missing") from error
    return Signature(key_id, key.sign(message))


def signing_key(line: str) -> str:
    """Return the id of the key that a line signs with, for what names it in what is signed."""
    path = signing_file(settings.KEYS, line)
    return _signing(path, path.stat().st_mtime_ns)[0]


def verify(line: str, key_id: str, message: bytes, signature: bytes) -> bool:
    """Return whether a message was signed by this key of this line."""
    key = _known(line).get(key_id)
    return key is not None and _holds(key, message, signature)


def published(line: str) -> dict[str, bytes]:
    """Return the public halves of a line's signing keys by id, as PEM for others' tools."""
    return {
        key_id: key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        for key_id, key in _known(line).items()
    }


def verify_with(pem: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a message was signed by the key in a PEM file that someone trusts."""
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        return False
    return isinstance(key, Ed25519PublicKey) and _holds(key, message, signature)


def create_signing_key(directory: Path, line: str) -> None:
    """Make a line's signing key where it has none yet; never overwrite one."""
    signing, verifying = signing_file(directory, line), verifying_file(directory, line)
    if verifying.exists():
        return
    if not signing.exists():
        key_id = f"{line}-sign-1"
        write_octets(
            signing, {key_id: Ed25519PrivateKey.generate().private_bytes_raw()}, active=key_id
        )
    octets, _ = read_octets(signing)
    write_octets(
        verifying,
        {
            key_id: Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
            for key_id, private in octets.items()
        },
    )


def renew_signing_key(directory: Path, line: str) -> str:
    """Make a new signing key for a line, used from now on, and return its id.

    What the old key signed stays valid: its public half stays among the verifying keys.
    """
    verifying = verifying_file(directory, line)
    known, _ = read_octets(verifying)
    key_id = f"{line}-sign-{len(known) + 1}"  # none is ever taken out
    key = Ed25519PrivateKey.generate()
    # Published before it is used: no process may meet a certificate whose key it does not know.
    write_octets(verifying, {**known, key_id: key.public_key().public_bytes_raw()})
    write_octets(signing_file(directory, line), {key_id: key.private_bytes_raw()}, active=key_id)
    return key_id


def _known(line: str) -> dict[str, Ed25519PublicKey]:
    path = verifying_file(settings.KEYS, line)
    try:
        return _verifying(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise KeysFaulty(f"{path} is missing: run `balise setup`, or restore the keys") from error


def _holds(key: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@cache
def _signing(path: Path, _changed_at: int) -> tuple[str, Ed25519PrivateKey]:
    keys, active = read_octets(path)
    if active not in keys:
        raise KeysFaulty(f"{path}: the active key {active!r} is not among the keys")
    return active, Ed25519PrivateKey.from_private_bytes(keys[active])


@cache
def _verifying(path: Path, _changed_at: int) -> dict[str, Ed25519PublicKey]:
    keys, _ = read_octets(path)
    return {key_id: Ed25519PublicKey.from_public_bytes(octets) for key_id, octets in keys.items()}
