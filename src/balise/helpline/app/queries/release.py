"""The release that this centre gives, read from its folder: only one that is signed."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from balise.foundation.encryption import p256

MANIFEST: Final = "release.json"
SIGNATURE: Final = "release.sig"
KEY: Final = "release.key"


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest with the signature that holds for its exact bytes, and the key that says so."""

    manifest: bytes
    signature: str
    key: str


def folder() -> Path:
    """Return where the release of this centre is kept, beside its database."""
    return Path(settings.HOME) / "release"


def signed() -> Signed | None:
    """Return the release; None where there is none, or where its signature does not hold."""
    here = folder()
    try:
        found = Signed(
            (here / MANIFEST).read_bytes(), (here / SIGNATURE).read_text(), (here / KEY).read_text()
        )
    except OSError:
        return None
    return found if _holds(found) else None


@lru_cache(maxsize=4)
def _holds(found: Signed) -> bool:
    return p256.is_signed(found.manifest, signature=found.signature, public=found.key)
