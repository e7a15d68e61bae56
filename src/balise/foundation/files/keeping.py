"""Encrypted files in the storage: saved for a line, read with its key, erased, swept.

The file is stored under its id; its key is wrapped like that of any record. Name, kind and size are
the line's to seal with the record that the file belongs to.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from balise.foundation import clock
from balise.foundation.encryption.sealing import RecordKey, forget, keep as keep_key, known
from balise.foundation.encryption.streams import opened_stream
from balise.foundation.encryption.worded import Receipt
from balise.foundation.files.uploads import SealedUpload

PLACE = "sealed"
ABANDONED_AFTER = timedelta(hours=1)  # longer than any request takes
ORPHANED_AFTER = timedelta(days=1)  # longer than any transaction stays open


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files were removed: never kept, and kept but without a key."""

    abandoned: int
    orphaned: int


def keep(upload: SealedUpload, *, line: str, receipt: Receipt | None = None) -> UUID:
    """Move a sealed upload into the storage, keep its key for a line, and return its id.

    Call it within the transaction of the record that names the file. The file moves first: should
    the transaction fail, the file is without a key and is swept.
    """
    file, path = upload.id, upload.path
    if path is None:
        raise ValueError("this upload was kept already")
    _store(path, _name(file))
    upload.path = None
    keep_key(upload.key_for(line), receipt=receipt)
    return file


def read_upload(upload: SealedUpload, *, line: str) -> Iterator[bytes]:
    """Yield the pieces of a file that was just sent, for a page that reads it and keeps nothing."""
    if upload.path is None:
        raise ValueError("this upload was kept already")
    with upload.path.open("rb") as sealed:
        yield from opened_stream(upload.key_for(line), sealed)


def read(key: RecordKey) -> Iterator[bytes]:
    """Yield the pieces of the file that this is the key of (`key_of_line`, `key_of_receipt`).

    Raises `SealBroken` for what was changed or cut, `FileNotFoundError` where it is gone.
    """
    with default_storage.open(_name(key.record)) as sealed:
        yield from opened_stream(key, sealed)


def erase(files: Iterable[UUID]) -> int:
    """Destroy the keys of files, then the files; returns how many keys there were."""
    chosen = list(files)
    wraps = forget(chosen)
    for file in chosen:
        default_storage.delete(_name(file))
    return wraps


def sweep(*, now: datetime | None = None) -> Swept:
    """Remove what a crash left behind: drafts, uploads never kept, files without a key."""
    moment = now or clock.now()
    return Swept(
        abandoned=_sweep_uploads(settings.UPLOADS, before=moment - ABANDONED_AFTER),
        orphaned=_sweep_storage(before=moment - ORPHANED_AFTER),
    )


def _sweep_uploads(folder: Path, *, before: datetime) -> int:
    if not folder.is_dir():
        return 0
    removed = 0
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # its request ended meanwhile
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink()
                removed += 1
    return removed


def _sweep_storage(*, before: datetime) -> int:
    removed = 0
    for shelf in _listed(PLACE)[0]:
        stored = {
            UUID(hex=name): f"{PLACE}/{shelf}/{name}" for name in _listed(f"{PLACE}/{shelf}")[1]
        }
        for file in stored.keys() - known(stored):
            if default_storage.get_modified_time(stored[file]) < before:
                default_storage.delete(stored[file])
                removed += 1
    return removed


def _listed(place: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(place)
    except FileNotFoundError:
        return [], []


def _name(file: UUID) -> str:
    return f"{PLACE}/{file.hex[:2]}/{file.hex}"


class _Spooled(File):  # type: ignore[type-arg]  # in the stubs
    """A file that a storage on the same disk may move instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def _store(path: Path, name: str) -> None:
    with path.open("rb") as file:
        stored = default_storage.save(name, _Spooled(file, name=str(path)))
    if stored != name:
        raise FileExistsError(name)
    path.unlink(missing_ok=True)  # where it was copied, not moved
    with suppress(NotImplementedError):  # a bucket has no path
        folder = os.open(Path(default_storage.path(name)).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
