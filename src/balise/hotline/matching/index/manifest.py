"""Which files an index is made of: a small document that is replaced whole.

Its date is its number (so many seconds after 1970): a process sees with one question to the system
whether another has replaced it.
"""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
import orjson

from balise.hotline.matching.index.segments import Ids, IndexRefused

NAME: Final = "index.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Segments, oldest first, each with the file of its ids that count no longer, or ""."""

    number: int = 0
    segments: tuple[tuple[str, str], ...] = ()
    reached: int = 0  # of changes, in the segments

    @property
    def log(self) -> str:
        """The name of the log that goes with it."""
        return f"{self.number}.log"


def number_of(folder: Path) -> int | None:
    """Return the number of the manifest in a folder, None where there is none."""
    try:
        return int((folder / NAME).stat().st_mtime)
    except FileNotFoundError:
        return None


def read(folder: Path) -> Manifest | None:
    """Return the manifest of a folder, None where there is none, or raise `IndexRefused`."""
    try:
        document = orjson.loads((folder / NAME).read_bytes())
        if document["version"] != _VERSION:
            raise IndexRefused("version")
        if document["byte_order"] != sys.byteorder:
            raise IndexRefused("byte_order")
        return Manifest(
            number=document["number"],
            segments=tuple((one["name"], one["gone"]) for one in document["segments"]),
            reached=document["reached"],
        )
    except FileNotFoundError:
        return None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise IndexRefused("cut_short") from None


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of a folder."""
    document = {
        "version": _VERSION,
        "byte_order": sys.byteorder,
        "number": manifest.number,
        "segments": [{"name": name, "gone": gone} for name, gone in manifest.segments],
        "reached": manifest.reached,
    }
    new = folder / f".{NAME}.writing"
    new.write_bytes(orjson.dumps(document))
    os.utime(new, (manifest.number, manifest.number))
    new.replace(folder / NAME)


def write_gone(folder: Path, ids: Ids) -> str:
    """Write the ids of a segment that count no longer; return the file's name, "" for none."""
    if not len(ids):
        return ""
    octets = np.sort(ids).astype("<u4").tobytes()
    name = f"{sha256(octets).hexdigest()}.gone"
    new = folder / f".{name}.writing"
    new.write_bytes(octets)
    new.replace(folder / name)
    return name


def read_gone(folder: Path, name: str) -> Ids:
    """Return the ids of a segment that count no longer, ascending, or raise `IndexRefused`."""
    if not name:
        return np.empty(0, np.uint32)
    octets = (folder / name).read_bytes()
    if f"{sha256(octets).hexdigest()}.gone" != name:
        raise IndexRefused("cut_short")
    return np.frombuffer(octets, "<u4").astype(np.uint32)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Take away the files that a manifest does not name; whoever has them open keeps them."""
    named = {NAME, manifest.log, *(name for pair in manifest.segments for name in pair)}
    for path in folder.iterdir():
        if path.name not in named and path.suffix in {".segment", ".gone", ".log", ".writing"}:
            with suppress(FileNotFoundError):
                path.unlink()
