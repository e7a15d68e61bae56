"""What was counted and is not written yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The words of a use.


_THING: Final = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")
_CAMPAIGN: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,39})?")
# Kept beside the kinds in a tally: how many uses of a day could not be held.
LOST: Final = "lost"


class UsageKind(TextChoices):
    """How a thing is used."""

    VIEW = "view", _("Views")
    DOWNLOAD = "download", _("Downloads")
    PRINT = "print", _("Prints")
    LINK = "link", _("Short links")


@dataclass(frozen=True, slots=True)
class Use:
    """A thing used once, in one way: `thing` is its key, `campaign` the code of a short link.

    Raises ValueError for what no tally can hold: one row of it would hold back all others.
    """

    kind: UsageKind
    thing: str
    language: str = ""
    campaign: str = ""

    def __post_init__(self) -> None:
        if not _THING.fullmatch(self.thing) or not is_campaign(self.campaign):
            raise ValueError(f"no tally is kept of {self.thing!r} in {self.campaign!r}")


@dataclass(frozen=True, slots=True)
class Client:
    """What a request says of where it comes from; never stored."""

    address: str
    agent: str


def is_campaign(code: str) -> bool:
    """Return whether this is a campaign's code, or none: letters, digits and hyphens."""
    return _CAMPAIGN.fullmatch(code) is not None


MOST: Final = 20_000  # cells that wait: some 8 MB


class Cell(NamedTuple):
    """A row of the day tallies, in the order of its columns."""

    day: date
    kind: str
    thing: str
    language: str
    campaign: str


class Tallies:
    """Counts in memory, for the threads of a process.

    Where so many cells wait already, a use that would need one more is counted as lost that day.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[Cell, int] = {}
        self._lock = Lock()

    def add(self, use: Use, *, day: date) -> None:
        cell = Cell(day, use.kind.value, use.thing, use.language, use.campaign)
        with self._lock:
            self._add(cell, 1)

    def take(self) -> Mapping[Cell, int]:
        """Return what is held, and hold nothing."""
        with self._lock:
            taken, self._held = self._held, {}
        return taken

    def put_back(self, taken: Mapping[Cell, int]) -> None:
        """Hold again what could not be written."""
        with self._lock:
            since, self._held = self._held, dict(taken)
            for cell, count in since.items():
                self._add(cell, count)

    def _add(self, cell: Cell, count: int) -> None:
        if cell not in self._held and len(self._held) >= self._most:
            cell = Cell(cell.day, LOST, "", "", "")
        self._held[cell] = self._held.get(cell, 0) + count
