"""Write in one transaction what several threads bring at the same moment.

A transaction costs more than the rows in it. A thread that comes while another writes waits, and
the next to write takes along all that wait. While other requests are being answered, which may
bring something too, the writer waits a few milliseconds for them; a single request does not wait.
No caller is answered before what it brought is committed.

SQLite lets one write at a time and lets the others sleep, for longer each time they find it busy.
There, all kinds of one process take turns, and the next begins at once.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from types import TracebackType
from typing import cast

from django.db import InterfaceError, OperationalError, connection

MOST = 64  # that one transaction takes along
PATIENCE = 0.005  # seconds at most for which the writer waits for others
_sqlite_turn = threading.Lock()


class _Company:
    """How many requests this process is answering, each of which may bring something.

    `at_once` is how many threads answer: more than that cannot come, however many wait.
    """

    def __init__(self) -> None:
        self.at_once = MOST
        self._changed = threading.Condition(threading.Lock())
        self._count = 0
        self._awaited: list[Callable[[int], bool]] = []

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._count -= 1
        self.has_come()

    def wait_until(self, enough: Callable[[int], bool]) -> None:
        """Wait until enough of so many as can come have come, at most PATIENCE."""
        with self._changed:
            self._awaited.append(enough)
            self._changed.wait_for(lambda: enough(self._can_come()), PATIENCE)
            self._awaited.remove(enough)

    def has_come(self) -> None:
        """Release those that wait, if this was the last they waited for."""
        if self._awaited:
            with self._changed:
                if any(enough(self._can_come()) for enough in self._awaited):
                    self._changed.notify_all()

    def _can_come(self) -> int:
        return min(self._count, self.at_once)


company = _Company()


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
        company.has_come()
        with self._turn:
            while not mine.is_done:
                company.wait_until(self._have_come)
                with _sqlite_turn if connection.vendor == "sqlite" else nullcontext():
                    self._write_those_who_wait()
        if mine.error is not None:
            raise mine.error
        return cast("Outcome", mine.outcome)

    def _have_come(self, can_come: int) -> bool:
        return len(self._waiting) >= min(can_come, self._most)

    def _write_those_who_wait(self) -> None:
        # Only the writer removes entries, so what was counted is there.
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
