"""The card of this module: what the rest of Balise reads of it."""

import os
import stat
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.encryption.keyfiles import (
    DEMONSTRATION_NOISE,
    INDEX_FILE,
    NOISE_FILE,
    KeysFaulty,
    private_file,
    public_file,
    read_master,
    read_private,
    read_public,
)
from balise.foundation.encryption.turning import lines_with_keys
from balise.foundation.grants import ALL, APP, PBX, PUBLIC, Declared, Grant
from balise.foundation.modules import Module

# What every door may do with wrapped keys: add one, and never change or destroy one.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("encryption_keywrap",),
        to=(PUBLIC, APP, PBX),
        why="What comes in is sealed, and opened again by its code; only the worker destroys keys.",
        read=ALL,
        add=True,
    ),
)


MODULE = Module(
    grants=GRANTS,
)


# System checks of the key ring: its faults are reported before the first request.


@register
def check_key_ring(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - every check takes it
    **_: Any,
) -> list[CheckMessage]:
    """Return what prevents encryption: E101 to E108."""
    directory: Path = settings.KEYS
    if not directory.is_dir():
        hint = "Run `balise setup`, or let BALISE_KEYS name the place (docs/operations/keys.md)."
        return [Error(f"There is no key directory {directory}.", hint=hint, id="balise.E101")]
    return list(
        chain(
            _readable_by_others(directory),
            _private_beside_public(directory),
            _index_faulty(directory),
            _noise_faulty(directory),
            *(_line_faulty(directory, line) for line in lines_with_keys()),
        )
    )


def _readable_by_others(directory: Path) -> Iterator[CheckMessage]:
    for path in (directory, *sorted(directory.glob("*.json"))):
        if _is_open_to_others(path):
            yield Error(
                f"{path} is open to other users of this machine.",
                hint=f"chmod go= {path}",
                id="balise.E102",
            )


def _is_open_to_others(path: Path) -> bool:
    mode = path.stat().st_mode
    # With an access list (systemd hands out credentials so) the group bits show its mask only.
    listed = "system.posix_acl_access" in os.listxattr(path)
    return bool(mode & (stat.S_IRWXO if listed else stat.S_IRWXO | stat.S_IRWXG))


def _private_beside_public(directory: Path) -> Iterator[CheckMessage]:
    if settings.DOORS != ["public"]:
        return
    for path in sorted({*directory.glob("*.private.json"), *directory.glob("*.signing.json")}):
        yield Error(
            f"{path} lies where a process that opens the public door only could read it.",
            hint="Give this process a key directory of its own: public keys and index.json.",
            id="balise.E103",
        )


def _index_faulty(directory: Path) -> Iterator[CheckMessage]:
    try:
        read_master(directory / INDEX_FILE)
    except KeysFaulty as error:
        hint = "Run `balise setup` on a new system; restore it from the copy on an old one."
        yield Error(f"No index master: {error}.", hint=hint, id="balise.E104")


def _noise_faulty(directory: Path) -> Iterator[CheckMessage]:
    """Ask for the key of noise where private keys lie: the staff's process and the worker."""
    if settings.DOORS == ["public"] or not any(directory.glob("*.private.json")):
        return
    try:
        key = read_master(directory / NOISE_FILE)
    except KeysFaulty as error:
        hint = "Run `balise setup` once after the upgrade; later restore it from the copy."
        yield Error(f"No key of noise: {error}.", hint=hint, id="balise.E107")
        return
    if key == DEMONSTRATION_NOISE and not settings.DEMONSTRATION:
        yield Error(
            "The key of noise is that of demonstrations, which anyone can read.",
            hint=f"Remove {directory / NOISE_FILE} and run `balise setup`, before a figure leaves.",
            id="balise.E108",
        )


def _line_faulty(directory: Path, line: str) -> Iterator[CheckMessage]:
    try:
        public = read_public(public_file(directory, line))
        if private_file(directory, line).exists() and settings.DOORS != ["public"]:
            read_private(private_file(directory, line))
    except KeysFaulty as error:
        hint = "Restore the file from its copy; `balise setup` makes those of a new line."
        yield Error(f"The keys of {line} are unusable: {error}.", hint=hint, id="balise.E106")
        return
    if not public.active:
        yield Error(
            f"The line {line} has no active key.",
            hint=f"balise keys new --line {line}, then balise keys activate ID --line {line}",
            id="balise.E105",
        )
