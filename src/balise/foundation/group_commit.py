"""Write in one transaction what several threads bring at the same moment.

A transaction costs more than the rows in it. Whoever finds nobody writing writes at once; whoever
comes meanwhile waits, and the next to write takes along all who wait. Nobody waits for company, and
nobody is answered before what they brought is committed.

SQLite lets one write at a time and lets the others sleep, for longer each time they find it busy.
There, all kinds of one process take turns, and the next begins at once.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import cast

from django.db import InterfaceError, OperationalError, connection

MOST = 64  # that one transaction takes along
_sqlite_turn = threading.Lock()


class _Waiting[Item, Outcome]:
    __slots__ = ("error", "is_done", "item", "outcome")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.is_done = False
        self.outcome: Outcome | None = None
        self.error: Exception | None = None


class GroupCommit[Item, Outcome]:
    """One kind of writing, shared by the threads of a process.

    `write` takes items, writes them in one transaction of its own and returns an outcome for each,
    in order. Where it fails for several it is called again for each alone, so that nobody fails for
    another's fault; a database that does not answer fails them all at once.
    """

    def __init__(
        self, write: Callable[[Sequence[Item]], Sequence[Outcome]], *, most: int = MOST
    ) -> None:
        self._write = write
        self._most = most
        self._waiting: deque[_Waiting[Item, Outcome]] = deque()
        self._turn = threading.Lock()

    def __call__(self, item: Item) -> Outcome:
        """Write one item, with others or alone, and return its outcome or raise its error.

        Inside an open transaction it is written alone: it belongs to that one.
        """
        if connection.in_atomic_block:
            return self._write([item])[0]
        mine = _Waiting[Item, Outcome](item)
        self._waiting.append(mine)
        with _sqlite_turn if connection.vendor == "sqlite" else self._turn:
            while not mine.is_done:
                self._write_those_who_wait()
        if mine.error is not None:
            raise mine.error
        return cast("Outcome", mine.outcome)

    def _write_those_who_wait(self) -> None:
        # Only whoever has the turn takes away, so what is counted is there.
        some = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most))]
        try:
            outcomes = self._write([one.item for one in some])
        except (OperationalError, InterfaceError) as error:
            for one in some:
                one.error = error
        except Exception as error:  # noqa: BLE001 - raised again by whoever brought it
            if len(some) == 1:
                some[0].error = error
            else:
                self._write_each(some)
        else:
            for one, outcome in zip(some, outcomes, strict=True):
                one.outcome = outcome
        for one in some:
            one.is_done = True

    def _write_each(self, some: Sequence[_Waiting[Item, Outcome]]) -> None:
        for one in some:
            try:
                one.outcome = self._write([one.item])[0]
            except Exception as error:  # noqa: BLE001 - raised again by whoever brought it
                one.error = error
