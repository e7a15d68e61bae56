"""Sign what a line certifies, and check it: Ed25519 (RFC 8032).

    <line>.signing.json     {"active": id, "keys": {id: base64}}     where the line's work is done
    <line>.verifying.json   {"keys": {id: base64}}                   everywhere

A key that signed once stays among the verifying keys permanently: its certificates are valid
longer.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings

from balise.foundation.encryption.envelope import KEY_BYTES, STEP, SealBroken
from balise.foundation.encryption.keyfiles import (
    KeysFaulty,
    public_file,
    read_octets,
    read_public,
    signing_file,
    verifying_file,
    write_octets,
)
from balise.foundation.encryption.keyring import KeyNotHeld, key_ring


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


# Letters between one of our lines and someone outside who has keys of their own.
#
# What we give away is public; what we keep of others is public too: 32 bytes to check what they
# sign (Ed25519, RFC 8032) and 32 bytes to seal what they alone can open (HPKE, RFC 9180: X25519,
# HKDF-SHA256, AES-256-GCM). A key is called by its fingerprint, the same at both ends.


FINGERPRINT = 32  # hexadecimal digits: 128 bits of SHA-256

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
# A key of small order would encrypt to nobody: the shared secret is zero.
_PROBE = X25519PrivateKey.from_private_bytes(bytes(range(KEY_BYTES)))


@dataclass(frozen=True, slots=True)
class PublicPair:
    """What someone must know of a line, or we of a stranger: how to check it, how to seal to it."""

    signing: bytes
    sealing: bytes

    @property
    def signing_id(self) -> str:
        return fingerprint(self.signing)

    @property
    def sealing_id(self) -> str:
        return fingerprint(self.sealing)


def fingerprint(key: bytes) -> str:
    """Return what a public key is called: 32 hexadecimal digits of its SHA-256."""
    return sha256(key).hexdigest()[:FINGERPRINT]


def own_pair(line: str) -> PublicPair:
    """Return a line's own public keys, those in use now, or raise `KeysFaulty`."""
    _key_id, sealing = key_ring().active(line)
    return PublicPair(_newest(settings.KEYS, line), sealing.public_bytes_raw())


def pair_in(directory: Path, line: str) -> PublicPair:
    """Return a line's public keys in a directory that is not this process's own."""
    public = read_public(public_file(directory, line))
    return PublicPair(_newest(directory, line), public.keys[public.active].public_bytes_raw())


def is_usable(pair: PublicPair) -> bool:
    """Return whether two keys of a stranger are keys at all: of the right length, and no trap."""
    if len(pair.signing) != KEY_BYTES or len(pair.sealing) != KEY_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(pair.signing)
        _PROBE.exchange(X25519PublicKey.from_public_bytes(pair.sealing))
    except ValueError:
        return False
    return any(pair.signing) and pair.signing != pair.sealing


def sign_outward(line: str, message: bytes) -> Signature:
    """Return a line's signature under the fingerprint of the key that made it; or `KeyNotHeld`."""
    signed = sign(line, message)
    known, _active = read_octets(verifying_file(settings.KEYS, line))
    return Signature(fingerprint(known[signed.key_id]), signed.value)


def is_signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a message was signed with the private half of this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_outward(key: bytes, text: bytes, *, bound_to: bytes) -> bytes:
    """Return a text that only the holder of this key's private half can open.

    Spaces at the end of the text must not matter (as in JSON): it is padded to steps of 512 bytes.
    """
    padded = text + b" " * (-len(text) % STEP)
    return _SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(key), bound_to)


def open_inward(line: str, sealing_id: str, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Return what was sealed to the line's key with this fingerprint.

    Raises `KeyNotHeld` in a process that holds no private key of the line, `SealBroken` for what
    does not open: another key, another purpose, a changed byte.
    """
    for private in key_ring().private_keys(line).values():
        if fingerprint(private.public_key().public_bytes_raw()) == sealing_id:
            try:
                return _SUITE.decrypt(sealed, private, bound_to)
            except (InvalidTag, ValueError) as error:
                raise SealBroken("the letter does not open") from error
    raise SealBroken("the letter is sealed to a key that is not held here")


def _newest(directory: Path, line: str) -> bytes:
    """Return the public half of the key that a line signs with: the last that was made."""
    path = verifying_file(directory, line)
    known, _active = read_octets(path)
    if not known:
        raise KeysFaulty(f"{path} holds no key")
    return list(known.values())[-1]
