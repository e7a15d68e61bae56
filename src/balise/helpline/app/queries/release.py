"""The release that this centre gives, read from its folder: only one that is signed.

Where the app has an origin of its own there are two, signed by one key: the app's, whose files lie
beside it and are given byte for byte, and that of the public door, where a vault may lie still.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from balise.foundation.encryption import p256
from balise.helpline.app.rules.release import headers_of

MANIFEST: Final = "release.json"
OLD: Final = "public.json"  # of the public door, where the app has an origin of its own
KEY: Final = "release.key"
FILES: Final = "files"
BEFORE: Final = "before"


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest with the signature that holds for its exact bytes, and the key that says so."""

    manifest: bytes
    signature: str
    key: str


@dataclass(frozen=True)
class Given:
    """A file of the release: its bytes, and the headers that are signed with it."""

    content: bytes
    headers: Mapping[str, str]

    @cached_property
    def zipped(self) -> bytes:
        """Return it compressed, the same bytes each time."""
        return gzip.compress(self.content, mtime=0)


def folder() -> Path:
    """Return where the release of this centre is kept, beside its database."""
    return Path(settings.HOME) / "release"


def signed(name: str = MANIFEST) -> Signed | None:
    """Return a release; while it waits for its signature the one before; None where none holds."""
    here = folder()
    return _read(here, name) or _read(here / BEFORE, name)


def offered() -> Signed | None:
    """Return the release of the origin that this process is."""
    is_old_home = settings.APP_ADDRESS and "app" not in settings.DOORS
    return signed(OLD if is_old_home else MANIFEST)


def given(path: str) -> Given | None:
    """Return a file that the signed release of the app names; None where it names none."""
    found = signed()
    entry = _listed(found.manifest).get(path) if found else None
    return _given(str(folder() / FILES), *entry) if entry else None


def origins() -> Mapping[str, str]:
    """Return for which origins the signed release was drawn; nothing where the app has none."""
    found = signed()
    return json.loads(found.manifest).get("origins", {}) if found else {}


def _read(here: Path, name: str) -> Signed | None:
    try:
        found = Signed(
            (here / name).read_bytes(),
            (here / name).with_suffix(".sig").read_text(),
            (here / KEY).read_text(),
        )
    except OSError:
        return None
    return found if _holds(found) else None


@lru_cache(maxsize=4)
def _holds(found: Signed) -> bool:
    return p256.is_signed(found.manifest, signature=found.signature, public=found.key)


@lru_cache(maxsize=2)
def _listed(manifest: bytes) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the hash and the headers of each file, by its path."""
    told = json.loads(manifest)
    return {
        each["path"]: (each["sha256"], tuple(headers_of(each, told["headers"]).items()))
        for each in told["files"]
    }


@lru_cache(maxsize=512)
def _given(place: str, digest: str, headers: tuple[tuple[str, str], ...]) -> Given | None:
    try:
        content = (Path(place) / digest).read_bytes()
    except OSError:
        return None
    return Given(content, dict(headers)) if sha256(content).hexdigest() == digest else None
