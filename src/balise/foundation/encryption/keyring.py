"""The key ring of this process: which keys it holds, read once and again when they change.

A process that opens the public door only never reads a private key, even where there is one.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from balise.foundation.encryption.envelope import derived
from balise.foundation.encryption.keyfiles import (
    INDEX_FILE,
    NOISE_FILE,
    KeysFaulty,
    PrivateKeys,
    PublicKeys,
    private_file,
    public_file,
    read_master,
    read_private,
    read_public,
)

LOOK_AGAIN_AFTER = 1.0  # seconds

__all__ = ["KeyNotHeld", "KeyRing", "KeysFaulty", "key_ring", "look_again"]


class KeyNotHeld(RuntimeError):
    """The private key that would open this is not held by this process."""


class KeyRing:
    """The keys in one directory, as far as this process may hold them."""

    def __init__(self, directory: Path, *, holds_private_keys: bool) -> None:
        self.directory = directory
        self.holds_private_keys = holds_private_keys
        self._public: dict[str, _Watched[PublicKeys]] = {}
        self._private: dict[str, _Watched[PrivateKeys]] = {}
        self._master = _Watched(directory / INDEX_FILE, read_master)
        self._noise = _Watched(directory / NOISE_FILE, read_master)
        self._index_keys: dict[tuple[bytes, str, str], bytes] = {}

    def public(self, line: str) -> PublicKeys:
        """Return a line's public keys, or raise `KeysFaulty`."""
        watched = self._public.get(line)
        if watched is None:
            watched = _Watched(public_file(self.directory, line), read_public)
            self._public[line] = watched
        return watched.current()

    def active(self, line: str) -> tuple[str, X25519PublicKey]:
        """Return the id and public key that a line seals with, or raise `KeysFaulty`."""
        public = self.public(line)
        if not public.active:
            raise KeysFaulty(f"the line {line!r} has no active key: `balise keys activate`")
        return public.active, public.keys[public.active]

    def private(self, line: str, key_id: str) -> X25519PrivateKey:
        """Return one of a line's private keys, or raise `KeyNotHeld`."""
        try:
            return self.private_keys(line)[key_id]
        except KeyError:
            raise KeyNotHeld(f"the key {key_id!r} is not held here") from None

    def private_keys(self, line: str) -> PrivateKeys:
        """Return all of a line's private keys, or raise `KeyNotHeld`."""
        if not self.holds_private_keys:
            raise KeyNotHeld("this process opens the public door only: it holds no private key")
        watched = self._private.get(line)
        if watched is None:
            path = private_file(self.directory, line)
            if not path.exists():
                raise KeyNotHeld(f"no private key of {line!r} is held here")
            watched = _Watched(path, read_private)
            self._private[line] = watched
        return watched.current()

    def index_key(self, line: str, field: str) -> bytes:
        """Return the key of one field's blind index within one line."""
        named = (self._master.current(), line, field)
        key = self._index_keys.get(named)
        if key is None:
            key = derived(named[0], salt=None, purpose=f"balise/index/v1|{line}|{field}")
            self._index_keys[named] = key
        return key

    def noise_key(self) -> bytes:
        """Return the key of the noise in protected figures; `KeyNotHeld` at a public door."""
        if not self.holds_private_keys:
            raise KeyNotHeld("this process opens the public door only: it draws no noise")
        return self._noise.current()


class _Watched[Content]:
    """A file's content, read again after the file has changed, been replaced or gone."""

    def __init__(self, path: Path, read: Callable[[Path], Content]) -> None:
        self._path = path
        self._read = read
        self._look_again_at = 0.0
        self._state: tuple[tuple[int, int, int], Content] | None = None

    def current(self) -> Content:
        now = monotonic()
        state = self._state
        if state is not None and now < self._look_again_at:
            return state[1]
        signature = self._signature()
        if state is None or signature != state[0]:
            state = (signature, self._read(self._path))
            self._state = state
        self._look_again_at = now + LOOK_AGAIN_AFTER
        return state[1]

    def _signature(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0, 0)  # no file looks like this: reading it will say what is the matter
        return (found.st_mtime_ns, found.st_size, found.st_ino)


_rings: dict[tuple[Path, bool], KeyRing] = {}


def key_ring() -> KeyRing:
    """Return this process's key ring, in the directory that `settings.KEYS` names."""
    named = (settings.KEYS, settings.DOORS != ["public"])
    ring = _rings.get(named)
    if ring is None:
        ring = _rings[named] = KeyRing(named[0], holds_private_keys=named[1])
    return ring


def look_again() -> None:
    """Read every key file again at the next use; for code that has just changed them."""
    _rings.clear()
