"""The card of this module: what the rest of Balise reads of it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004

from balise.foundation.files.room import room
from balise.foundation.files.storage import StorageFaulty, configured_place
from balise.foundation.files.tasks import SCHEDULE
from balise.foundation.modules import Module
from balise.foundation.stored import Folder

MODULE = Module(
    schedule=SCHEDULE,
)


# System checks of where files are kept, told before the first request.


_FORMS = (
    "Write BALISE_STORAGE as an absolute path, or as "
    "s3://bucket/prefix?endpoint=https://host&region=name."
)


@register()
def files_can_be_kept(**_options: Any) -> list[CheckMessage]:
    """E111: no storage. E112: a folder that this process cannot write."""
    try:
        place = configured_place(settings.STORAGE)
    except StorageFaulty as error:
        return [Error(f"BALISE_STORAGE: {error}.", hint=_FORMS, id="balise.E111")]
    folders = [settings.UPLOADS, *([place.path] if isinstance(place, Folder) else [])]
    return [message for folder in folders for message in _unwritable(folder)]


@register()
def the_disk_has_room(**_options: Any) -> list[CheckMessage]:
    """W113: less than twice what is kept for reports, chat and danger is free."""
    disk = room()
    if not disk.is_short:
        return []
    said = f"{disk.free >> 20} MiB of the disk are free; {disk.reserve >> 20} are kept."
    hint = "Make room, or everything but reports, chat and danger stops: see `balise budgets`."
    return [Warning(said, hint=hint, id="balise.W113")]


def _unwritable(folder: Path) -> Iterator[CheckMessage]:
    # A folder that is not there yet is made at the first use.
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        hint = f"Let this process write {folder}, or set BALISE_STORAGE and BALISE_UPLOADS."
        yield Error(f"No file can be written to {folder}.", hint=hint, id="balise.E112")
