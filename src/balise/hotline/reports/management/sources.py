"""Where an import reads: a file, or standard input, which is written `-`."""

import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from balise.hotline.reports.rules.imports import files
from balise.hotline.reports.rules.imports.files import Format

STANDARD_INPUT = Path("-")
_ENDINGS = {".csv": Format.CSV, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL}


@contextmanager
def opened(place: Path) -> Iterator[BinaryIO]:
    """Open what is to be read twice: once to see that it is whole, once to take it in.

    What comes through a pipe stays in memory: what people wrote never waits on the disk in clear.
    """
    if place != STANDARD_INPUT:
        with place.open("rb") as file:
            yield file
        return
    given = sys.stdin.buffer
    if given.seekable() and given.tell() == 0:
        yield given
        return
    with io.BytesIO() as kept:
        shutil.copyfileobj(given, kept)
        kept.seek(0)
        yield kept


def format_of(place: Path, source: BinaryIO) -> Format | None:
    """Return how a source is written: as its name ends, or as its first line begins; else None."""
    if place == STANDARD_INPUT:
        return files.format_of(source)
    return _ENDINGS.get(place.suffix.lower())
