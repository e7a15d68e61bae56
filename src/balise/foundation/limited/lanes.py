"""A lane of its own for costly work: one piece at a time, a few that wait, the others come back.

A lane is of one process. What waits holds a thread of pages: so few wait, and not for long.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

AGAIN: Final = 10  # seconds after which one may come back


class LaneFull(RuntimeError):
    """Others are before: nothing was read and nothing was kept. Come back in AGAIN seconds."""


class Lane:
    """Lets one at a time work, and `queue` others wait, each for `patience` seconds at most.

    A function whose every call takes a turn is decorated: `@PAPERS.turn()`.
    """

    def __init__(self, *, queue: int, patience: float) -> None:
        self._places, self._turn = BoundedSemaphore(queue + 1), Lock()
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Wait for one's turn, and return the seconds that it took. Raises LaneFull."""
        if not self._places.acquire(blocking=False):
            raise LaneFull
        began = time.monotonic()
        try:
            if not self._turn.acquire(timeout=self._patience):
                raise LaneFull
            try:
                yield time.monotonic() - began
            finally:
                self._turn.release()
        finally:
            self._places.release()


# What costs, by what it holds up: who waits for a paper waits for no file.
FILES: Final = Lane(queue=3, patience=4.0)
PICTURES: Final = Lane(queue=3, patience=4.0)
PAPERS: Final = Lane(queue=3, patience=4.0)  # PDF and slides
STORIES: Final = Lane(queue=1, patience=4.0)  # seconds each
EXPORTS: Final = Lane(queue=3, patience=4.0)
