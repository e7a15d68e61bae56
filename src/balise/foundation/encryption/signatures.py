"""Sign what a line certifies, and check it: Ed25519 (RFC 8032).

    <line>.signing.json     {"active": id, "keys": {id: base64}}     where the line's work is done
    <line>.verifying.json   {"keys": {id: base64}}                   everywhere

A key that signed once stays among the verifying keys for good: its certificates outlive it.
"""

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from balise.foundation.encryption.keyfiles import MODE, KeysFaulty
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
    path = _signing_file(settings.KEYS, line)
    try:
        key_id, key = _signing(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise KeyNotHeld(f"{path} is missing") from error
    return Signature(key_id, key.sign(message))


def verify(line: str, key_id: str, message: bytes, signature: bytes) -> bool:
    """Return whether a message was signed by this key of this line."""
    path = _verifying_file(settings.KEYS, line)
    try:
        key = _verifying(path, path.stat().st_mtime_ns).get(key_id)
    except FileNotFoundError as error:
        raise KeysFaulty(f"{path} is missing: run `balise setup`, or restore the keys") from error
    if key is None:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def create_signing_key(directory: Path, line: str) -> None:
    """Make a line's signing key where it has none yet; never overwrite one."""
    signing, verifying = _signing_file(directory, line), _verifying_file(directory, line)
    if signing.exists() or verifying.exists():
        return
    key, key_id = Ed25519PrivateKey.generate(), f"{line}-sign-1"
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    private = b64encode(key.private_bytes_raw()).decode()
    _write(verifying, {"keys": {key_id: public}})
    _write(signing, {"active": key_id, "keys": {key_id: private}})


@cache
def _signing(path: Path, _changed_at: int) -> tuple[str, Ed25519PrivateKey]:
    content = orjson.loads(path.read_bytes())
    key_id = content["active"]
    return key_id, Ed25519PrivateKey.from_private_bytes(b64decode(content["keys"][key_id]))


@cache
def _verifying(path: Path, _changed_at: int) -> dict[str, Ed25519PublicKey]:
    keys = orjson.loads(path.read_bytes())["keys"]
    return {
        key_id: Ed25519PublicKey.from_public_bytes(b64decode(text)) for key_id, text in keys.items()
    }


def _signing_file(directory: Path, line: str) -> Path:
    return directory / f"{line}.signing.json"


def _verifying_file(directory: Path, line: str) -> Path:
    return directory / f"{line}.verifying.json"


def _write(path: Path, content: dict[str, object]) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE), "wb") as file:
        file.write(orjson.dumps(content, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
