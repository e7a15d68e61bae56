"""A child that is kept: it has imported what takes long, and each piece of work is a fork of it.

A piece has the limits that `calling.call` gives it, and answers as there; what is spared is
Python's own start and its imports. It goes after ten minutes without work, and with who asked.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Final

from balise.foundation.limited.calling import (
    ENVIRONMENT,
    Limit,
    Limits,
    Outcome,
    OverLimit,
    Work,
    call,
    check_top,
    outcome_of,
)
from balise.foundation.limited.serving import LATE, OVER, received, send

_START: Final = "from balise.foundation.limited.serving import main; main()"
_ENDED: Final = {OVER: Limit.ANSWER, LATE: Limit.TIME}
_MARGIN: Final = 5.0  # seconds after which a kept child that says nothing is given up


class Kept:
    """Works on one piece at a time. `warm`, at the top of a module, imports what is needed."""

    def __init__(self, warm: Callable[[], None]) -> None:
        check_top(warm)
        self._warm, self._lock = warm, Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._owner = 0

    def call(self, work: Work, octets: bytes, *, limits: Limits) -> Outcome:
        """Return what became of the work, as `calling.call` does.

        Where the kept child went, as one does after ten minutes, another is started; where that one
        does not answer either, the work gets a child of its own.
        """
        check_top(work)
        with self._lock:
            for _nth in range(2):
                try:
                    return self._asked(work, octets, limits)
                except TimeoutError:
                    self.end()
                    return OverLimit(Limit.TIME)
                except (EOFError, OSError):
                    self.end()
        return call(work, octets, limits=limits)

    def _asked(self, work: Work, octets: bytes, limits: Limits) -> Outcome:
        line = self._started()
        line.settimeout(limits.time + _MARGIN)
        told = {
            "module": work.__module__,
            "function": work.__name__,
            "processor": limits.processor,
            "memory": limits.memory,
            "time": limits.time,
            "answer": limits.answer,
        }
        send(line, told, octets)
        said, answer = received(line)
        match said["status"]:
            case int(status):
                return outcome_of(status, answer)
            case status:
                return OverLimit(_ENDED[str(status)])

    def _started(self) -> socket.socket:
        """Return the line to the kept child, started where this process has none."""
        if self._line is not None and self._owner == os.getpid():
            return self._line
        if self._child is not None:  # that of the process that this one is a fork of
            self._child.returncode = 0
        ours, theirs = socket.socketpair()
        with theirs:
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                # -I: neither the environment nor the current folder decides what is imported.
                [sys.executable, "-I", "-c", _START, self._warm.__module__, self._warm.__name__],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # an error's words quote what was sent
                env=ENVIRONMENT,
                start_new_session=True,
            )
        atexit.register(self.end)
        self._line, self._owner = ours, os.getpid()
        return ours

    def end(self) -> None:
        """End the kept child; the next piece of work starts another."""
        if self._line is not None:
            self._line.close()
        if self._child is not None and self._owner == os.getpid():
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        self._child, self._line = None, None
        atexit.unregister(self.end)
