"""How much room the disk has, and how much of it is kept for reports, chat and danger.

A database on another machine has a disk that is not seen from here: its own alarm watches that one.
"""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

LOOKED_EVERY: Final = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Room:
    """How many octets of a disk are free, and how many are kept in reserve."""

    free: int
    reserve: int

    @property
    def floor(self) -> int:
        """What is left even by those who come first: the database ends what it has begun."""
        return self.reserve // 8

    @property
    def is_reached(self) -> bool:
        """Whether nothing but the reserve is left."""
        return self.free < self.reserve

    @property
    def is_empty(self) -> bool:
        """Whether nobody may write any more."""
        return self.free < self.floor

    @property
    def is_short(self) -> bool:
        """Whether less than twice the reserve is left: somebody has to make room."""
        return self.free < 2 * self.reserve


class _Looked:
    free = 0
    at = float("-inf")


def room() -> Room:
    """Return the room of the fullest disk that this process writes to, as it was a second ago."""
    now = time.monotonic()
    if now - _Looked.at >= LOOKED_EVERY:
        _Looked.free = min(_free(folder) for folder in (settings.HOME, settings.UPLOADS))
        _Looked.at = now
    return Room(_Looked.free, settings.RESERVE_BYTES)


def look_again() -> None:
    """Forget what was seen of the disk."""
    _Looked.at = float("-inf")


def _free(folder: Path) -> int:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free
