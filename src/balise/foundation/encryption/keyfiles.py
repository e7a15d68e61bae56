"""The key files: what they hold, and how they are read and written.

    <line>.public.json    {"active": id, "since": moment, "keys": {id: base64}, "retired": [id]}
    <line>.private.json   {"keys": {id: base64}}
    <line>.signing.json, <line>.verifying.json    see `signatures`
    index.json, noise.private.json    {"master": base64}

A file that is missing, cut short or oddly filled is refused: better no service than a weak key.
"""

import os
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from balise.foundation.encryption.envelope import KEY_BYTES

MODE = 0o400
INDEX_FILE = "index.json"
NOISE_FILE = "noise.private.json"
# A demonstration draws the same numbers wherever it is set up; anyone may take its noise away.
DEMONSTRATION_NOISE = sha256(b"the noise of a demonstration hides nobody").digest()

_LINE = re.compile(r"[a-z]{1,20}")
_KEY_ID = re.compile(r"[a-z0-9-]{1,40}")


class KeysFaulty(RuntimeError):
    """A key file is missing or malformed: nothing is encrypted or opened with it."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What a line's public file says; `active` is empty until a key has been activated."""

    active: str
    since: datetime | None
    keys: Mapping[str, X25519PublicKey]
    retired: tuple[str, ...] = ()


type PrivateKeys = Mapping[str, X25519PrivateKey]


def public_file(directory: Path, line: str) -> Path:
    """Return the file of a line's public keys."""
    return directory / f"{_checked_line(line)}.public.json"


def private_file(directory: Path, line: str) -> Path:
    """Return the file of a line's private keys."""
    return directory / f"{_checked_line(line)}.private.json"


def read_public(path: Path) -> PublicKeys:
    """Return a line's public keys, or raise `KeysFaulty`."""
    content = _content(path)
    keys = {
        key_id: X25519PublicKey.from_public_bytes(octets)
        for key_id, octets in _keys(content, path).items()
    }
    active, retired, since = (content.get(name) for name in ("active", "retired", "since"))
    if active and active not in keys:
        raise KeysFaulty(f"{path}: the active key {active!r} is not among the keys")
    return PublicKeys(
        active=str(active or ""),
        since=datetime.fromisoformat(since) if since else None,
        keys=keys,
        retired=tuple(retired or ()),
    )


def read_private(path: Path) -> PrivateKeys:
    """Return a line's private keys, or raise `KeysFaulty`."""
    return {
        key_id: X25519PrivateKey.from_private_bytes(octets)
        for key_id, octets in _keys(_content(path), path).items()
    }


def read_master(path: Path) -> bytes:
    """Return the master that blind indexes or noise derive from, or raise `KeysFaulty`."""
    return _octets(_content(path).get("master"), path)


def write_public(path: Path, public: PublicKeys) -> None:
    """Write a line's public keys, whole or not at all."""
    _write(
        path,
        {
            "active": public.active,
            "since": public.since.isoformat() if public.since else None,
            "keys": {
                key_id: b64encode(key.public_bytes_raw()).decode()
                for key_id, key in public.keys.items()
            },
            "retired": list(public.retired),
        },
    )


def write_private(path: Path, private: PrivateKeys) -> None:
    """Write a line's private keys, whole or not at all, for readable by this user only."""
    write_octets(path, {key_id: key.private_bytes_raw() for key_id, key in private.items()})


def write_new_master(path: Path, octets: bytes = b"") -> None:
    """Write a master, fresh where none is given, for readable by this user only."""
    _write(path, {"master": b64encode(octets or secrets.token_bytes(KEY_BYTES)).decode()})


def signing_file(directory: Path, line: str) -> Path:
    """Return the file of the keys that a line signs with."""
    return directory / f"{_checked_line(line)}.signing.json"


def verifying_file(directory: Path, line: str) -> Path:
    """Return the file of the keys by which a line's signatures are checked."""
    return directory / f"{_checked_line(line)}.verifying.json"


def read_octets(path: Path) -> tuple[dict[str, bytes], str]:
    """Return the keys in a file as bytes by their ids, and which is active (or ""); or raise."""
    content = _content(path)
    return _keys(content, path), str(content.get("active") or "")


def write_octets(path: Path, keys: Mapping[str, bytes], *, active: str = "") -> None:
    """Write keys, whole or not at all, for readable by this user only."""
    written = {key_id: b64encode(octets).decode() for key_id, octets in keys.items()}
    _write(path, {"active": active, "keys": written} if active else {"keys": written})


def _checked_line(line: str) -> str:
    if not _LINE.fullmatch(line):
        raise KeysFaulty(f"{line!r} is not the name of a line")
    return line


def _content(path: Path) -> dict[str, Any]:
    try:
        content = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise KeysFaulty(f"{path} is missing: run `balise setup`, or restore the keys") from error
    except OSError as error:
        raise KeysFaulty(f"{path} cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise KeysFaulty(f"{path} is not JSON") from error
    if not isinstance(content, dict):
        raise KeysFaulty(f"{path} holds no object")
    return content


def _keys(content: dict[str, Any], path: Path) -> dict[str, bytes]:
    entries = content.get("keys")
    if not isinstance(entries, dict):
        raise KeysFaulty(f"{path} holds no keys")
    keys = {key_id: _octets(text, path) for key_id, text in entries.items()}
    if not all(_KEY_ID.fullmatch(key_id) for key_id in keys):
        raise KeysFaulty(f"{path}: a key's id is letters, digits and dashes")
    if len(set(keys.values())) != len(keys):
        raise KeysFaulty(f"{path}: two ids name the same key")
    return keys


def _octets(text: object, path: Path) -> bytes:
    try:
        octets = b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        octets = b""
    if len(octets) != KEY_BYTES or not any(octets):
        raise KeysFaulty(f"{path}: a key is {KEY_BYTES} bytes in base64")
    return octets


def _write(path: Path, content: Mapping[str, object]) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE), "wb") as file:
        file.write(orjson.dumps(content, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
