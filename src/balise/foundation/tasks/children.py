"""Copies of the worker's process, each with a time that it must not exceed.

A thread cannot be ended, and a C library does not react to a signal: a process can be killed. The
worker that copies itself has no thread and no open connection, so its copies are whole.
"""

import ctypes
import os
import signal
import struct
import time
from collections.abc import Callable
from datetime import timedelta
from mmap import mmap
from multiprocessing import get_context

_PR_SET_PDEATHSIG = 1  # prctl(2)
STOPPED_BY = (signal.SIGTERM, signal.SIGINT)


class Deadline:
    """The moment when what a child does must be over, in memory that it shares with its parent."""

    def __init__(self) -> None:
        self._shared = mmap(-1, 8)

    def set(self, limit: timedelta) -> None:
        """Begin something that may take so long; Linux has one monotonic clock for all."""
        self._write(time.monotonic() + limit.total_seconds())

    def clear(self) -> None:
        """Remove the deadline: nothing is under way."""
        self._write(0.0)

    def is_past(self) -> bool:
        """Return whether something is under way that should be over."""
        until: float = struct.unpack("d", self._shared[:8])[0]
        return 0.0 < until < time.monotonic()

    def _write(self, until: float) -> None:
        self._shared[:8] = struct.pack("d", until)


class Child:
    """A copy of this process that does `work`, and is killed when this process ends."""

    def __init__(self, work: Callable[[], None], *, name: str) -> None:
        self._process = get_context("fork").Process(
            target=_begin, args=(work, os.getpid()), name=name
        )
        # Held back until the child has handlers of its own: it would lose what comes before.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPED_BY)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPED_BY)

    @property
    def status(self) -> int | None:
        """Return the exit status, -9 for SIGKILL, or None while it runs."""
        return self._process.exitcode

    @property
    def sentinel(self) -> int:
        """Return what becomes readable when it ends."""
        return self._process.sentinel

    def terminate(self) -> None:
        """Ask it to stop (SIGTERM)."""
        self._process.terminate()

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()
        self._process.join()


def hear_stops(handler: Callable[[], None]) -> None:
    """Call `handler` in the main thread at SIGTERM and SIGINT, from now on."""
    for told in STOPPED_BY:
        signal.signal(told, lambda _number, _frame: handler())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPED_BY)


def _begin(work: Callable[[], None], parent: int) -> None:
    # SIGKILL, as a child that hangs inside a C library reacts to nothing else.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == parent:  # it had not ended before that
        work()
