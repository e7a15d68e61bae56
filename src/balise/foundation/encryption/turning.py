"""How keys come, turn and go: making, activating and retiring them in their files.

Starting the application never makes or changes a key; only these functions do.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from string import ascii_lowercase
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from balise.foundation import clock
from balise.foundation.encryption.keyfiles import (
    DEMONSTRATION_NOISE,
    INDEX_FILE,
    NOISE_FILE,
    KeysFaulty,
    PublicKeys,
    private_file,
    public_file,
    read_private,
    read_public,
    write_new_master,
    write_private,
    write_public,
)
from balise.foundation.encryption.keyring import look_again
from balise.foundation.encryption.signatures import create_signing_key
from balise.foundation.ports import Port
from balise.foundation.refusals import Refused

# Which lines have keys of their own; modules that encrypt with them declare them.


_LINES: list[str] = []


def register(*lines: str) -> None:
    """Set the lines with keys, each once; called once, when Balise starts."""
    _LINES[:] = dict.fromkeys(lines)


def lines_with_keys() -> tuple[str, ...]:
    """Return the lines that have keys of their own."""
    return tuple(_LINES)


# A request or an import that began before a key turned may still seal with the old one.
GRACE = timedelta(hours=1)


class KeyTurned(Protocol):
    """Answered by the wiring: writes down that someone made, turned or retired a key."""

    def __call__(self, *, act: str, line: str, key_id: str, count: int) -> None: ...


key_turned = Port[KeyTurned]("encryption.key_turned")


class KeyStaysInUse(Refused, code="key-stays-in-use"):
    """A key may not be retired yet: something is, or may still be, sealed with it."""


class KeyUnknown(Refused, code="key-unknown"):
    """The ring has no key of this name."""


def create_key_ring(directory: Path | None = None, *, lines: Iterable[str] | None = None) -> None:
    """Make what is missing of a key ring: each line's first key, the masters of indexes and noise.

    Never overwrites a key that exists; finishes what an earlier call left half done.
    """
    directory = settings.KEYS if directory is None else directory
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for line in lines_with_keys() if lines is None else lines:
        if public_file(directory, line).exists() and not private_file(directory, line).exists():
            continue  # the private half is elsewhere, on purpose
        public, _ = _read(directory, line)
        if not public.active:
            first = next(iter(public.keys), None) or new_line_key(directory, line)
            activate_key(directory, line, first)
        create_signing_key(directory, line)
    with _locked(directory):
        noise = DEMONSTRATION_NOISE if settings.DEMONSTRATION else b""
        for name, octets in ((INDEX_FILE, b""), (NOISE_FILE, noise)):
            if not (directory / name).exists():
                write_new_master(directory / name, octets)


def new_line_key(directory: Path, line: str, *, now: datetime | None = None) -> str:
    """Make a key for a line and return its id, such as `hotline-2026b`; it is not active yet."""
    moment = now or clock.now()
    with _locked(directory):
        public, private = _read(directory, line)
        key_id = _free_id(line, moment.year, {*public.keys, *private, *public.retired})
        key = X25519PrivateKey.generate()
        # The private half first: nothing must be sealed to a key that nobody holds.
        write_private(private_file(directory, line), {**private, key_id: key})
        write_public(
            public_file(directory, line),
            replace(public, keys={**public.keys, key_id: key.public_key()}),
        )
    return key_id


def activate_key(directory: Path, line: str, key_id: str, *, now: datetime | None = None) -> None:
    """Make this key a line's active one; refuse one whose private half is not held."""
    with _locked(directory):
        public, private = _read(directory, line)
        if key_id not in public.keys or key_id not in private:
            raise KeyUnknown(f"{line} has no key {key_id!r} with both of its halves here")
        if private[key_id].public_key() != public.keys[key_id]:
            raise KeysFaulty(f"the two halves of {key_id!r} do not belong together")
        if public.active != key_id:
            write_public(
                public_file(directory, line),
                replace(public, active=key_id, since=now or clock.now()),
            )


def remove_key(directory: Path, line: str, key_id: str, *, now: datetime | None = None) -> None:
    """Remove a key from its files. The caller has made sure that nothing needs it.

    Refuses the active key, and any key within an hour of the last activation: an import that began
    before may still seal with it.
    """
    with _locked(directory):
        public, private = _read(directory, line)
        if key_id not in public.keys and key_id not in private:
            raise KeyUnknown(f"{line} has no key {key_id!r}")
        if key_id == public.active:
            raise KeyStaysInUse(f"{key_id} is the key that {line} seals with")
        if public.since is not None and (now or clock.now()) < public.since + GRACE:
            raise KeyStaysInUse(f"{line} turned its keys less than an hour ago: try again later")
        # The public half first, as a process would otherwise seal to a key that is gone.
        write_public(
            public_file(directory, line),
            replace(
                public,
                keys={name: key for name, key in public.keys.items() if name != key_id},
                retired=(*public.retired, key_id),
            ),
        )
        write_private(
            private_file(directory, line),
            {name: key for name, key in private.items() if name != key_id},
        )


def _files_exist(directory: Path, line: str) -> bool:
    public, private = public_file(directory, line), private_file(directory, line)
    return public.exists() or private.exists()


def _read(directory: Path, line: str) -> tuple[PublicKeys, dict[str, X25519PrivateKey]]:
    """Return both files of a line; empty when the line is new, refused when only one is there."""
    if not _files_exist(directory, line):
        return PublicKeys(active="", since=None, keys={}), {}
    private = dict(read_private(private_file(directory, line)))
    if not public_file(directory, line).exists() and private:
        # Making a first key was interrupted between the two files.
        keys = {key_id: key.public_key() for key_id, key in private.items()}
        return PublicKeys(active="", since=None, keys=keys), private
    return read_public(public_file(directory, line)), private


def _free_id(line: str, year: int, taken: set[str]) -> str:
    for letter in ascii_lowercase:
        if f"{line}-{year}{letter}" not in taken:
            return f"{line}-{year}{letter}"
    raise KeysFaulty(f"{line} has had {len(ascii_lowercase)} keys in {year} already")


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Lock the directory to change keys; readers need no lock (files are replaced)."""
    try:
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise KeysFaulty(f"the key directory {directory} cannot be opened") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        look_again()
    finally:
        os.close(handle)
