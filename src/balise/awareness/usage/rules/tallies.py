"""What was counted and is not written yet."""

from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from balise.awareness.usage.rules.words import LOST, Use

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
